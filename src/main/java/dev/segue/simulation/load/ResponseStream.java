package dev.segue.simulation.load;

import java.io.FilterInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The input of a socket, with a deadline for each whole response. A socket's own timeout is per read, so a server that sends
 * single bytes would never time out. Fast responses need no additional system call.
 */
final class ResponseStream extends FilterInputStream {

    /** Interval at which a wait checks for a stop. */
    static final int POLL_MILLIS = 5_000;

    private final Socket socket;
    private final int timeoutMillis;
    private final BooleanSupplier stop;
    private long deadline;
    private int socketTimeoutMillis;

    /**
     * @param timeoutMillis timeout of a response
     * @param stop once true, limits the wait to {@link #POLL_MILLIS}
     */
    ResponseStream(Socket socket, int timeoutMillis, BooleanSupplier stop) throws IOException {
        super(socket.getInputStream());
        this.socket = socket;
        this.timeoutMillis = timeoutMillis;
        this.stop = stop;
    }

    /** Restarts the timeout, which counts from the next read. */
    void beginResponse() {
        deadline = 0;
    }

    @Override
    public int read(byte[] to, int offset, int size) throws IOException {
        long left = timeoutMillis;
        if (deadline == 0) {
            deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        } else {
            left = millisLeft();
            throwIfStopped(timeoutMillis - left > POLL_MILLIS);
        }
        while (left > 0) {
            waitAtMost((int) Math.min(left, POLL_MILLIS));
            try {
                return in.read(to, offset, size);
            } catch (SocketTimeoutException e) {
                left = millisLeft();
                throwIfStopped(true);
            }
        }
        throw new SocketTimeoutException("no response in " + timeoutMillis + " ms");
    }

    private void throwIfStopped(boolean waitedLong) throws SocketTimeoutException {
        if (waitedLong && stop.getAsBoolean()) {
            throw new SocketTimeoutException("no response before the interruption");
        }
    }

    private long millisLeft() {
        return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }

    private void waitAtMost(int millis) throws IOException {
        if (millis != socketTimeoutMillis) {
            socket.setSoTimeout(millis);
            socketTimeoutMillis = millis;
        }
    }

    /** Between responses: whether the server has closed the connection or sent unexpected data. */
    boolean isStale() throws IOException {
        waitAtMost(1);
        try {
            int unused = in.read();
            return true;
        } catch (SocketTimeoutException quiet) {
            return false;
        }
    }
}

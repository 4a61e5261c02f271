package dev.segue.simulation.load;

import java.io.FilterInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The input from a socket, with a time by which a whole answer must be there: a socket's own timeout is for each read, so
 * that a server which sends a byte now and then would never be late. An answer that comes at once costs no call more.
 */
final class ResponseStream extends FilterInputStream {

    /** How soon a wait notices that it should end. */
    static final int PATIENCE_MILLIS = 5_000;

    private final Socket socket;
    private final int timeoutMillis;
    private final BooleanSupplier stop;
    private long deadline;
    private int socketTimeoutMillis;

    /**
     * @param timeoutMillis for each answer
     * @param stop tells when to wait no longer than some seconds
     */
    ResponseStream(Socket socket, int timeoutMillis, BooleanSupplier stop) throws IOException {
        super(socket.getInputStream());
        this.socket = socket;
        this.timeoutMillis = timeoutMillis;
        this.stop = stop;
    }

    /** The time for an answer counts from the first read on. */
    void beginAnswer() {
        deadline = 0;
    }

    @Override
    public int read(byte[] to, int offset, int size) throws IOException {
        long left = timeoutMillis;
        if (deadline == 0) {
            deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        } else {
            left = millisLeft();
            requireTime(timeoutMillis - left > PATIENCE_MILLIS);
        }
        while (left > 0) {
            waitAtMost((int) Math.min(left, PATIENCE_MILLIS));
            try {
                return in.read(to, offset, size);
            } catch (SocketTimeoutException e) {
                left = millisLeft();
                requireTime(true);
            }
        }
        throw new SocketTimeoutException("no answer in " + timeoutMillis + " ms");
    }

    private void requireTime(boolean waitedLong) throws SocketTimeoutException {
        if (waitedLong && stop.getAsBoolean()) {
            throw new SocketTimeoutException("no answer before the interruption");
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

    /** Between answers: whether the server has hung up, or sent what nobody asked for. */
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

package dev.segue.simulation;

import java.io.FilterInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * What comes from a socket, with a time by which a whole answer must be there: a socket's own timeout is for each read, so
 * that a server which sends a byte now and then would never be late. An answer that comes at once costs no call more.
 */
final class AnswerStream extends FilterInputStream {

    private final Socket socket;
    private final int timeoutMillis;
    private long deadline;
    private boolean waited;

    /** @param socket whose timeout is {@code timeoutMillis}, and is again when an answer begins */
    AnswerStream(Socket socket, int timeoutMillis) throws IOException {
        super(socket.getInputStream());
        this.socket = socket;
        this.timeoutMillis = timeoutMillis;
    }

    /** The time for an answer counts from now on. */
    void beginAnswer() throws IOException {
        if (waited) {
            socket.setSoTimeout(timeoutMillis);
            waited = false;
        }
        deadline = 0;
    }

    @Override
    public int read(byte[] to, int offset, int size) throws IOException {
        if (deadline == 0) {
            deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        } else {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left < 1) {
                throw new SocketTimeoutException("the answer does not end");
            }
            socket.setSoTimeout((int) left);
            waited = true;
        }
        return in.read(to, offset, size);
    }
}

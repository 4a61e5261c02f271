package dev.segue.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;

/**
 * A connection too many: whatever its client asks, it is answered 503 and closed. Nothing is parsed, so this takes little
 * memory and time.
 *
 * <p>The end of the connection is the client's: if it were closed here while a part of the request is unread, the system
 * would reset the connection, and the client might lose the response. A client that does not close is cut off.
 */
final class Refusal extends AbstractConnection {

    private static final byte[] RESPONSE = response();
    private static final int READ_BYTES = 2048;

    /** How long a client may take to ask, and to close after the response. */
    private static final long PATIENCE_MILLIS = 1000;

    private final long since = NanoTime.now();
    private final Callback sent = Callback.from(this::endOutput, failure -> close());
    private boolean answered;

    Refusal(EndPoint endPoint, Executor executor) {
        super(endPoint, executor);
    }

    private static byte[] response() {
        byte[] body = Problem.tooManyConnections().toJson(null);
        var response = new ByteArrayOutputStream();
        response.writeBytes(("HTTP/1.1 503 Service Unavailable\r\nContent-Type: " + Problem.CONTENT_TYPE
                        + "\r\nCache-Control: no-store\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(US_ASCII));
        response.writeBytes(body);
        return response.toByteArray();
    }

    @Override
    public void onOpen() {
        super.onOpen();
        onFillable(); // by now most clients have asked
    }

    @Override
    public void onFillable() {
        ByteBuffer unread = BufferUtil.allocate(READ_BYTES);
        try {
            int filled = getEndPoint().fill(unread);
            boolean asked = filled > 0;
            while (filled > 0) {
                BufferUtil.clear(unread);
                filled = getEndPoint().fill(unread);
            }
            if (asked && !answered) {
                answered = true;
                getEndPoint().write(sent, ByteBuffer.wrap(RESPONSE));
            }
            if (filled < 0 || NanoTime.millisSince(since) > 2 * PATIENCE_MILLIS) {
                close();
            } else {
                fillInterested();
                getEndPoint().setIdleTimeout(PATIENCE_MILLIS);
            }
        } catch (IOException gone) {
            close();
        }
    }

    private void endOutput() {
        getEndPoint().shutdownOutput();
    }
}

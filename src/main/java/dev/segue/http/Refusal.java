package dev.segue.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;

/**
 * A connection beyond the limit. Every request gets 503, without parsing, which takes little memory and time.
 *
 * <p>The client closes the connection: if it were closed here while a part of the request is unread, the system would reset
 * it, and the client might lose the response. The connection is closed here if the client does not close it in time.
 */
final class Refusal extends AbstractConnection {

    private static final Problem PROBLEM = Problem.tooManyConnections();
    private static final byte[] RESPONSE = response();
    private static final int READ_BYTES = 2048;

    /** The time for a client to send its request, and again to close after the response. */
    private static final long PATIENCE_MILLIS = 1000;

    private final SelectorConnector port;
    private final long opened = NanoTime.now();
    private final Callback sent = Callback.from(this::endOutput, failure -> close());
    private boolean responded;

    Refusal(EndPoint endPoint, SelectorConnector port) {
        super(endPoint, port.getExecutor());
        this.port = port;
    }

    private static byte[] response() {
        byte[] body = PROBLEM.toJson(null);
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
        onFillable(); // most clients have sent their request by now
    }

    @Override
    public void onFillable() {
        ByteBuffer unread = BufferUtil.allocate(READ_BYTES);
        try {
            int filled = getEndPoint().fill(unread);
            boolean requested = filled > 0;
            while (filled > 0) {
                BufferUtil.clear(unread);
                filled = getEndPoint().fill(unread);
            }
            if (requested && !responded) {
                responded = true;
                port.refused(PROBLEM.status());
                getEndPoint().write(sent, ByteBuffer.wrap(RESPONSE));
            }
            if (filled < 0 || NanoTime.millisSince(opened) > 2 * PATIENCE_MILLIS) {
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

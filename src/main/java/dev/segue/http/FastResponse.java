package dev.segue.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.segue.event.Acknowledgement;
import dev.segue.event.EventLog;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The response of a {@link FastPath}, held until its event is in the log. It has the bytes that Jetty would send. */
final class FastResponse implements Acknowledgement, Callback {

    private static final byte[] OK = bytes("HTTP/1.1 200 OK\r\n");
    private static final byte[] UNAVAILABLE = bytes("HTTP/1.1 503 Service Unavailable\r\n");
    private static final byte[] NO_STORE = bytes("Cache-Control: no-store\r\n");
    private static final byte[] TYPE = bytes("Content-Type: ");
    private static final byte[] LENGTH = bytes("\r\nContent-Length: ");
    private static final byte[] CLOSE = bytes("\r\nConnection: close");
    private static final byte[] END = bytes("\r\n\r\n");

    /** Bytes that the head of a response fits in, which has 160. */
    private static final int OK_HEAD_BYTES = 256;

    /** Bytes that the head of a refusal fits in, which has 250. */
    private static final int REFUSAL_HEAD_BYTES = 512;

    private final SerialConnection connection;
    private final FastPath path;
    private final PlainRequestLine line;
    private final EncodedResponse encoded;
    private final long startNanos;
    private final @Nullable ResponseFlushQueue queue;
    private @Nullable Thread registrar;
    private boolean closing;

    /** @param startNanos arrival of the request */
    FastResponse(
            SerialConnection connection,
            FastPath path,
            PlainRequestLine line,
            EncodedResponse encoded,
            long startNanos) {
        this.connection = connection;
        this.path = path;
        this.line = line;
        this.encoded = encoded;
        this.startNanos = startNanos;
        queue = SelectorConnector.queueOf(connection.getEndPoint());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** Sends the response when its event is in the log; at once if it has none. */
    void send(EventLog log) {
        if (encoded.position() == 0) {
            respond();
            return;
        }
        registrar = Thread.currentThread();
        log.whenWritten(encoded.position(), this);
    }

    @Override
    public void done() {
        run(this::respond);
    }

    @Override
    public void timedOut() {
        run(this::refuse);
    }

    /** Runs a task on the selector's thread, or on this thread if the log acknowledged within {@link #send}. */
    private void run(Runnable task) {
        if (queue == null || Thread.currentThread() == registrar) {
            task.run();
        } else {
            queue.add(task);
        }
    }

    private void respond() {
        path.route(line).responded(startNanos, 200);
        ByteBuffer response = begin(OK, OK_HEAD_BYTES + encoded.content().length);
        if (!line.target().hasBody()) {
            response.put(NO_STORE);
        }
        finish(response.put(TYPE).put(bytes(encoded.type())), encoded.content());
    }

    private void refuse() {
        Problem problem = Problem.logUnavailable(true);
        path.refused(problem.status());
        path.route(line).responded(startNanos, problem.status());
        byte[] content = problem.toJson(
                line.target() == PlainRequestLine.Target.BOTIFY ? "/next/" + line.text() : "/next_track");
        ByteBuffer response = begin(UNAVAILABLE, REFUSAL_HEAD_BYTES + content.length)
                .put(TYPE)
                .put(bytes(Problem.CONTENT_TYPE + "\r\n"))
                .put(NO_STORE)
                .put(bytes("X-Content-Type-Options: nosniff"));
        problem.headers().forEach((name, value) -> response.put(bytes("\r\n" + name + ": " + value)));
        finish(response, content);
    }

    private ByteBuffer begin(byte[] status, int maxBytes) {
        ByteBuffer response = ByteBuffer.allocate(maxBytes).put(status);
        if (path.server().getDateField() instanceof PreEncodedHttpField date) {
            date.putTo(response, HttpVersion.HTTP_1_1);
        }
        return response;
    }

    private void finish(ByteBuffer response, byte[] content) {
        response.put(LENGTH).put(bytes(Integer.toString(content.length)));
        closing = connection.getConnector().isShutdown();
        if (closing) {
            response.put(CLOSE);
        }
        connection.write(response.put(END).put(content).flip(), this);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public void succeeded() {
        connection.responded(closing);
    }

    @Override
    public void failed(Throwable cause) {
        connection.getEndPoint().close(cause);
    }
}

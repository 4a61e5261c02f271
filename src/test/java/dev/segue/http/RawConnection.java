package dev.segue.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A connection that sends any bytes, for clients that do not keep to HTTP. */
final class RawConnection implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: (\\d+)\r\n");
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) [^\r]*\r\n");
    private static final int PATIENCE_MS = 60_000;

    private final Socket socket;
    private final InputStream in;

    /** One response. */
    record Reply(int status, String head, String body) {

        /** Head and body as they came. */
        String text() {
            return head + body;
        }
    }

    RawConnection(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
    }

    void send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    }

    /** Sends no more, but still reads. */
    void end() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes with a reset, whatever is on its way. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /**
     * Reads one response to its end, and no byte more.
     *
     * @return null if the server has ended the connection between two responses
     * @throws IOException if what comes is no whole response
     */
    @Nullable
    Reply read() throws IOException {
        return read(in);
    }

    /** Reads one response from a socket likewise; its text, empty if the server has ended the connection before. */
    static String text(Socket socket) throws IOException {
        Reply reply = read(socket.getInputStream());
        return reply == null ? "" : reply.text();
    }

    private static @Nullable Reply read(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                if (head.isEmpty()) {
                    return null;
                }
                throw new EOFException("the connection ended after: " + head);
            }
            head.append((char) next);
        }
        Matcher status = STATUS.matcher(head);
        Matcher length = LENGTH.matcher(head);
        if (!status.lookingAt() || !length.find()) {
            throw new IOException("no head of a response: " + head);
        }
        int size = Integer.parseInt(length.group(1));
        byte[] body = in.readNBytes(size);
        if (body.length < size) {
            throw new EOFException("the connection ended within a body: " + new String(body, UTF_8));
        }
        return new Reply(Integer.parseInt(status.group(1)), head.toString(), new String(body, UTF_8));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

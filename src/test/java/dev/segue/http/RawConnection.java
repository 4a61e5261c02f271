package dev.segue.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A connection for sending arbitrary bytes, such as invalid HTTP. */
final class RawConnection implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: (\\d+)\r\n");
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) [^\r]*\r\n");
    private static final int TIMEOUT_MS = 60_000;

    private final Socket socket;
    private final InputStream in;

    /** One response. */
    record Reply(int status, String head, String body) {

        /** Returns head and body. */
        String text() {
            return head + body;
        }
    }

    RawConnection(URI server) throws IOException {
        this(new Socket(server.getHost(), server.getPort()));
    }

    RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MS);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
    }

    void send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    }

    /** Number of received bytes that were not read yet. */
    int available() throws IOException {
        return in.available();
    }

    /** Closes the output; reading continues. */
    void end() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes the connection with a TCP reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /**
     * Reads exactly one response.
     *
     * @return null if the server has ended the connection between two responses
     * @throws IOException if the response is invalid or incomplete
     */
    @Nullable
    Reply read() throws IOException {
        return read(in);
    }

    /** Reads exactly one response; the connection must not have ended. */
    Reply reply() throws IOException {
        return Objects.requireNonNull(read(), "the server has ended the connection");
    }

    /** Reads exactly one response from a socket and returns its text, empty if the server has ended the connection. */
    static String text(Socket socket) throws IOException {
        Reply reply = read(socket.getInputStream());
        return reply == null ? "" : reply.text();
    }

    private static @Nullable Reply read(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
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
        if (!status.lookingAt()) {
            throw new IOException("not the head of a response: " + head);
        }
        if (status.group(1).equals("204")) {
            return new Reply(204, head.toString(), "");
        }
        if (!length.find()) {
            throw new IOException("a response without a length: " + head);
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

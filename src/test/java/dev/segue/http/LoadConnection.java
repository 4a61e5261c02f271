package dev.segue.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A connection of {@link OverloadClient}, with one request at a time. */
final class LoadConnection {

    private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: (\\d+)\r\n");
    private static final int MAX_RESPONSE = 1 << 14;
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private final SocketChannel channel;
    private ByteBuffer received = ByteBuffer.allocate(1 << 10);
    private long intended;

    /** A response. */
    record Response(int status, boolean hasRetryAfter) {}

    /** Connects, and blocks for it. */
    LoadConnection(int port) throws IOException {
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    SocketChannel channel() {
        return channel;
    }

    /** The time at which the request was to be sent, in ns. */
    long intended() {
        return intended;
    }

    /** Sends a request. It is short, and the connection has no other one, so the socket's buffer has room. */
    void send(ByteBuffer request, long intendedNanos) throws IOException {
        intended = intendedNanos;
        received.clear();
        while (request.hasRemaining()) {
            int written = channel.write(request);
            if (written == 0) {
                throw new IOException("the socket takes no request");
            }
        }
    }

    /** Reads what has arrived; null if the response is not complete. */
    @Nullable
    Response read() throws IOException {
        if (channel.read(received) < 0) {
            throw new EOFException("the server has closed the connection");
        }
        String text = new String(received.array(), 0, received.position(), US_ASCII);
        int end = text.indexOf("\r\n\r\n");
        Matcher length = LENGTH.matcher(text);
        if (end >= 0 && length.find() && text.length() >= end + 4 + Integer.parseInt(length.group(1))) {
            int status = Integer.parseInt(text.substring(STATUS_AT, STATUS_AT + 3));
            return new Response(status, text.contains("\r\nRetry-After: "));
        }
        if (!received.hasRemaining()) {
            if (received.capacity() >= MAX_RESPONSE) {
                throw new IOException("the response is too long");
            }
            received = ByteBuffer.allocate(MAX_RESPONSE).put(received.flip());
        }
        return null;
    }

    /** Sends a request and waits for the response. */
    Response exchange(ByteBuffer request) throws IOException {
        send(request, 0);
        Response response = read();
        while (response == null) {
            response = read();
        }
        return response;
    }

    void close() {
        try {
            channel.close();
        } catch (IOException gone) {
            System.err.println("a connection could not be closed: " + gone);
        }
    }
}

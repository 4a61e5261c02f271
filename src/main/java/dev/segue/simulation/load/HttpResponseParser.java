package dev.segue.simulation.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Arrays;
import java.util.Locale;

/**
 * Parses the responses on an HTTP/1.1 connection (RFC 9112), framed by length, by chunks or by the end of the connection. It
 * allocates no object per header, since a load generator shares its processors with the measured server. For one thread.
 *
 * <p>Own code stays because of that: on one connection to nginx, a request and its response take 16 µs of processor time, and 218 µs with
 * {@code java.net.http.HttpClient} (the last of four interleaved rounds of 20,000 requests).
 */
final class HttpResponseParser {

    private static final int BUFFER_BYTES = 1 << 13;

    /** Limit for all lines before the content, interim responses included, and for each line between chunks. */
    private static final int MAX_HEAD_BYTES = 1 << 16;

    /** Limit for the content; rankings of a thousand tracks take some kilobytes. */
    private static final int MAX_BODY_BYTES = 1 << 22;

    private static final int NO_LENGTH = -1;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private byte[] line = new byte[256];
    private int headBytes;

    private int status;
    private boolean reusable;
    private boolean chunked;
    private int length;

    HttpResponseParser(InputStream in) {
        this.in = in;
    }

    /** The status code of the last response. */
    int status() {
        return status;
    }

    /** Whether the connection can be used for another request after the last response. */
    boolean reusable() {
        return reusable;
    }

    /**
     * Reads one response, and sets {@link #status} and {@link #reusable}.
     *
     * @return the content
     * @throws ProtocolException if the input is not valid HTTP or exceeds a limit
     * @throws EOFException if the connection ends early
     */
    byte[] read() throws IOException {
        headBytes = 0;
        do {
            readHead();
        } while (status / 100 == 1);
        if (status == 204 || status == 304) {
            return new byte[0];
        }
        if (chunked) {
            return readChunks();
        }
        if (length == NO_LENGTH) {
            reusable = false;
            return readToEnd();
        }
        byte[] content = new byte[length];
        readFully(content, length);
        return content;
    }

    private void readHead() throws IOException {
        int size = readHeadLine();
        if (size < 12 || !startsWith("http/1.") || line[8] != ' ') {
            throw new ProtocolException("it begins with \"" + text(0, size) + "\"");
        }
        status = Math.toIntExact(number(9, 12, 10));
        reusable = line[7] == '1';
        chunked = false;
        length = NO_LENGTH;
        for (size = readHeadLine(); size > 0; size = readHeadLine()) {
            if (startsWith("content-length:")) {
                length = Math.toIntExact(number("content-length:".length(), size, 10));
            } else if (startsWith("transfer-encoding:")) {
                chunked = text(0, size).toLowerCase(Locale.ROOT).endsWith("chunked");
            } else if (startsWith("connection:")) {
                String word = text("connection:".length(), size).strip();
                reusable = word.equalsIgnoreCase("keep-alive") || (reusable && !word.equalsIgnoreCase("close"));
            }
        }
    }

    private byte[] readChunks() throws IOException {
        var content = new ByteArrayOutputStream();
        while (true) {
            int end = readLine();
            int size = Math.toIntExact(number(0, endOfSize(end), 16));
            if (size == 0) {
                break;
            }
            byte[] chunk = new byte[size];
            readFully(chunk, size);
            content.write(chunk);
            if (content.size() > MAX_BODY_BYTES || readLine() != 0) {
                throw new ProtocolException("its chunks do not end where they should");
            }
        }
        while (readHeadLine() > 0) {
            // trailers are ignored
        }
        return content.toByteArray();
    }

    /** The end of a chunk's size in {@link #line}; extensions may follow it. */
    private int endOfSize(int end) {
        int i = 0;
        while (i < end && line[i] != ';' && line[i] != ' ') {
            i++;
        }
        return i;
    }

    private byte[] readToEnd() throws IOException {
        var content = new ByteArrayOutputStream();
        do {
            content.write(buffer, position, limit - position);
            if (content.size() > MAX_BODY_BYTES) {
                throw new ProtocolException("it has more than " + MAX_BODY_BYTES + " bytes");
            }
            limit = Math.max(0, in.read(buffer));
            position = 0;
        } while (limit > 0);
        return content.toByteArray();
    }

    private void readFully(byte[] to, int size) throws IOException {
        int done = Math.min(size, limit - position);
        System.arraycopy(buffer, position, to, 0, done);
        position += done;
        while (done < size) {
            int read = in.read(to, done, size - done);
            if (read < 0) {
                throw new EOFException("the connection was closed in the middle of the response");
            }
            done += read;
        }
    }

    private int readHeadLine() throws IOException {
        int size = readLine();
        headBytes += size + 1;
        if (headBytes > MAX_HEAD_BYTES) {
            throw new ProtocolException("its head has more than " + MAX_HEAD_BYTES + " bytes");
        }
        return size;
    }

    /** Reads a line into {@link #line}, without its end; returns its length. */
    private int readLine() throws IOException {
        int size = 0;
        while (true) {
            if (position == limit) {
                limit = Math.max(0, in.read(buffer));
                position = 0;
                if (limit == 0) {
                    throw new EOFException("the connection was closed without a response");
                }
            }
            byte next = buffer[position++];
            if (next == '\n') {
                return size > 0 && line[size - 1] == '\r' ? size - 1 : size;
            }
            if (size == line.length) {
                if (size >= MAX_HEAD_BYTES) {
                    throw new ProtocolException("one of its lines has more than " + MAX_HEAD_BYTES + " bytes");
                }
                line = Arrays.copyOf(line, 2 * size);
            }
            line[size++] = next;
        }
    }

    private boolean startsWith(String lowerCase) {
        for (int i = 0; i < lowerCase.length(); i++) {
            byte letter = line[i];
            if ((letter >= 'A' && letter <= 'Z' ? letter + 32 : letter) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private long number(int from, int to, int radix) throws ProtocolException {
        long value = 0;
        int digits = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(line[i], radix);
            if (digit < 0 && line[i] != ' ') {
                throw new ProtocolException("\"" + text(0, to) + "\" has no number where one is due");
            }
            if (digit >= 0) {
                value = value * radix + digit;
                digits++;
            }
            if (value > MAX_BODY_BYTES) {
                throw new ProtocolException("\"" + text(0, to) + "\" is too large");
            }
        }
        if (digits == 0) {
            throw new ProtocolException("\"" + text(0, to) + "\" has no number where one is due");
        }
        return value;
    }

    private String text(int from, int to) {
        return new String(line, from, to - from, ISO_8859_1);
    }
}

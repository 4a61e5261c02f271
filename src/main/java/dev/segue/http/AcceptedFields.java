package dev.segue.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of the header fields of a request that Jetty parsed and all handlers accepted. Clients send the same fields with each request of
 * a connection, apart from the length of the body, and whether a request is accepted depends on nothing else.
 */
final class AcceptedFields {

    /** The fields that change neither how a request is read, nor the response of an endpoint that returns tracks, unless it is refused. */
    private static final Set<String> NAMES = Set.of(
            "host",
            "user-agent",
            "accept",
            "accept-encoding",
            "accept-language",
            "content-type",
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-proto",
            "x-real-ip");

    private static final String LENGTH = "content-length";
    private static final String CONNECTION = "connection";
    private static final int MAX_DIGITS = 4;

    private final byte[] before;
    private final byte[] after;
    private final boolean hasBody;

    private AcceptedFields(byte[] before, byte[] after, boolean hasBody) {
        this.before = before;
        this.after = after;
        this.hasBody = hasBody;
    }

    /**
     * The fields of a request.
     *
     * @param bytes one request, of which the fields begin at {@code start}
     * @param hasBody whether the request has a body
     * @return null if a field may change how the request is read or what it has as response, or if the bytes are not exactly one request
     */
    static @Nullable AcceptedFields of(byte[] bytes, int start, int size, boolean hasBody) {
        int lengthStart = -1;
        int line = start;
        while (line + 1 < size && bytes[line] != '\r') {
            int end = endOfLine(bytes, line, size);
            String[] field = end < 0 ? new String[0] : new String(bytes, line, end - line, ISO_8859_1).split(": ", 2);
            if (field.length < 2) {
                return null;
            }
            String name = field[0].toLowerCase(Locale.ROOT);
            boolean isLength = name.equals(LENGTH) && hasBody && lengthStart < 0;
            boolean isKept = name.equals(CONNECTION) && field[1].equalsIgnoreCase("keep-alive");
            if (!isLength && !isKept && !NAMES.contains(name)) {
                return null;
            }
            lengthStart = isLength ? line + field[0].length() + 2 : lengthStart;
            line = end + 2;
        }
        if (line + 1 >= size || bytes[line + 1] != '\n' || (lengthStart >= 0) != hasBody) {
            return null;
        }
        int before = hasBody ? lengthStart : line + 2;
        int after = hasBody ? endOfDigits(bytes, lengthStart, size) : before;
        var fields = new AcceptedFields(
                Arrays.copyOfRange(bytes, start, before), Arrays.copyOfRange(bytes, after, line + 2), hasBody);
        return fields.endOf(bytes, start, size, hasBody) < 0 ? null : fields;
    }

    /** The index of the CRLF that ends a line; -1 if there is none, or a CR or LF alone. */
    private static int endOfLine(byte[] bytes, int line, int size) {
        for (int i = line; i + 1 < size; i++) {
            if (bytes[i] == '\r' || bytes[i] == '\n') {
                return bytes[i] == '\r' && bytes[i + 1] == '\n' ? i : -1;
            }
        }
        return -1;
    }

    private static int endOfDigits(byte[] bytes, int start, int size) {
        int end = start;
        while (end < size && bytes[end] >= '0' && bytes[end] <= '9') {
            end++;
        }
        return end;
    }

    /**
     * The end of these fields in a request, which is the start of its body.
     *
     * @param bytes the request, of which the fields begin at {@code start}
     * @param withBody whether the request is one with a body
     * @return -1 unless the request has these fields, has its whole body, and is followed by nothing
     */
    int endOf(byte[] bytes, int start, int size, boolean withBody) {
        int lengthStart = start + before.length;
        if (withBody != hasBody || !matches(before, bytes, start, size)) {
            return -1;
        }
        if (!hasBody) {
            return lengthStart == size ? size : -1;
        }
        int lengthEnd = endOfDigits(bytes, lengthStart, size);
        int body = lengthEnd + after.length;
        boolean isPlain = lengthEnd > lengthStart && lengthEnd - lengthStart <= MAX_DIGITS && bytes[lengthStart] != '0';
        return isPlain && matches(after, bytes, lengthEnd, size) && number(bytes, lengthStart, lengthEnd) == size - body
                ? body
                : -1;
    }

    private static boolean matches(byte[] expected, byte[] bytes, int start, int size) {
        int end = start + expected.length;
        return end <= size && Arrays.equals(expected, 0, expected.length, bytes, start, end);
    }

    private static int number(byte[] digits, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            number = 10 * number + digits[i] - '0';
        }
        return number;
    }
}

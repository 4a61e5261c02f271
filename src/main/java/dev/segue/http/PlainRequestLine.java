package dev.segue.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The request line of one of the hot requests, in the form that clients send.
 *
 * @param target the endpoint and the method
 * @param text the query string, the listener, or nothing, by the target
 * @param end the end of the line in the request
 */
record PlainRequestLine(Target target, String text, int end) {

    /** An endpoint with a method. */
    enum Target {
        /** {@code GET /next_track?…} */
        QUERY("GET /next_track?"),
        /** {@code POST /next_track} */
        BODY("POST /next_track"),
        /** {@code POST /next/{user}}, with a number as user */
        BOTIFY("POST /next/");

        @SuppressWarnings("ImmutableEnumChecker") // never written to
        private final byte[] start;

        Target(String start) {
            this.start = start.getBytes(ISO_8859_1);
        }

        /** Whether requests have a body. */
        boolean hasBody() {
            return this != QUERY;
        }

        private boolean isTextByte(byte c) {
            return switch (this) {
                case QUERY -> c == '=' || c == '&' || PlainQuery.isUnreserved((char) c);
                case BODY -> false;
                case BOTIFY -> c >= '0' && c <= '9';
            };
        }
    }

    private static final byte[] END = " HTTP/1.1\r\n".getBytes(ISO_8859_1);
    private static final Target[] TARGETS = Target.values();

    /** The line at the start of a request; null if it is another one. */
    static @Nullable PlainRequestLine of(byte[] bytes, int size) {
        for (Target target : TARGETS) {
            if (isAt(target.start, bytes, 0, size)) {
                int start = target.start.length;
                int end = start;
                while (end < size && target.isTextByte(bytes[end])) {
                    end++;
                }
                return isAt(END, bytes, end, size)
                        ? new PlainRequestLine(
                                target, new String(bytes, start, end - start, ISO_8859_1), end + END.length)
                        : null;
            }
        }
        return null;
    }

    private static boolean isAt(byte[] expected, byte[] bytes, int start, int size) {
        int end = start + expected.length;
        return end <= size && Arrays.equals(expected, 0, expected.length, bytes, start, end);
    }
}

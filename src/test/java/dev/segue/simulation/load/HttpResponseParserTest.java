package dev.segue.simulation.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the framings of RFC 9112, with input that arrives at once and byte by byte. */
class HttpResponseParserTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void responsesOfAConnectionAreSeparated(boolean slow) throws IOException {
        HttpResponseParser parser = parser(slow, """
                HTTP/1.1 200 OK
                Content-Type: application/json
                CONTENT-LENGTH:  2

                {}HTTP/1.1 404 Not Found
                content-length: 3

                abcHTTP/1.1 204 No Content

                """);
        assertEquals("{}", text(parser));
        assertEquals(200, parser.status());
        assertEquals("abc", text(parser));
        assertEquals(404, parser.status());
        assertEquals("", text(parser));
        assertTrue(parser.reusable());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void chunksAreJoined(boolean slow) throws IOException {
        HttpResponseParser parser = parser(slow, """
                HTTP/1.1 200 OK
                Transfer-Encoding: chunked

                A;name=value
                0123456789
                3
                abc
                0
                Trailer: ignored

                HTTP/1.1 200 OK
                Content-Length: 4

                next""");
        assertEquals("0123456789abc", text(parser));
        assertEquals("next", text(parser));
    }

    @Test
    void responseWithoutALengthEndsWithTheConnection() throws IOException {
        HttpResponseParser parser = parser(false, "HTTP/1.1 200 OK\n\nall of it");
        assertEquals("all of it", text(parser));
        assertFalse(parser.reusable());
    }

    @Test
    void interimResponsesAreSkipped() throws IOException {
        assertEquals("x", text(parser(false, "HTTP/1.1 100 Continue\n\nHTTP/1.1 200 OK\nContent-Length: 1\n\nx")));
    }

    @Test
    void connectionHeaderAndVersionDecideReuse() throws IOException {
        assertFalse(reusable("HTTP/1.1 200 OK\nConnection: close\nContent-Length: 0\n\n"));
        assertFalse(reusable("HTTP/1.0 200 OK\nContent-Length: 0\n\n"));
        assertTrue(reusable("HTTP/1.0 200 OK\nConnection: Keep-Alive\nContent-Length: 0\n\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\n",
                "HTTP/1.1 2x0 OK\n\n",
                "HTTP/1.1 200 OK\nContent-Length: many\n\n",
                "HTTP/1.1 200 OK\nContent-Length: \n\n",
                "HTTP/1.1 200 OK\nContent-Length: 99999999999999999999\n\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nzz\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n1\nab\n"
            })
    void invalidHttpIsRefused(String garbage) {
        assertThrows(ProtocolException.class, () -> text(parser(false, garbage)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\nContent-Len", "HTTP/1.1 200 OK\nContent-Length: 5\n\nabc"})
    void connectionThatEndsEarlyIsAnEndOfFile(String part) {
        assertThrows(EOFException.class, () -> text(parser(true, part)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 200 OK|X-Header: value|head has more than",
                "HTTP/1.1 100 Continue||head has more than",
                "HTTP/1.1 200 OK|xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|head has more than",
                "HTTP/1.1 200 OK,|anything|it has more than",
            })
    void endlessResponseIsRefused(String first, @Nullable String repeated, String expected) {
        String head = repeated == null ? "" : first.replace(",", "\r\n") + "\r\n";
        String line = (repeated == null ? first + "\r\n" : repeated) + "\r\n";
        var endless = new SequenceInputStream(
                new ByteArrayInputStream(head.getBytes(UTF_8)), new RepeatingStream(line.getBytes(UTF_8)));
        var refused = assertThrows(ProtocolException.class, () -> text(new HttpResponseParser(endless)));
        assertTrue(String.valueOf(refused.getMessage()).contains(expected), refused.getMessage());
    }

    private static final class RepeatingStream extends InputStream {
        private final byte[] bytes;
        private long position;

        RepeatingStream(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes[(int) (position++ % bytes.length)];
        }

        @Override
        public int read(byte[] to, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                to[i] = (byte) read();
            }
            return length;
        }
    }

    private static boolean reusable(String response) throws IOException {
        HttpResponseParser parser = parser(false, response);
        var unused = parser.read();
        return parser.reusable();
    }

    private static String text(HttpResponseParser parser) throws IOException {
        return new String(parser.read(), UTF_8);
    }

    private static HttpResponseParser parser(boolean slow, String responses) {
        byte[] bytes = responses.replace("\n", "\r\n").getBytes(UTF_8);
        return new HttpResponseParser(
                !slow
                        ? new ByteArrayInputStream(bytes)
                        : new InputStream() {
                            private int position;

                            @Override
                            public int read() {
                                return position < bytes.length ? bytes[position++] : -1;
                            }

                            @Override
                            public int read(byte[] to, int offset, int length) {
                                if (position == bytes.length) {
                                    return -1;
                                }
                                to[offset] = bytes[position++];
                                return 1;
                            }
                        });
    }
}

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

/** The framings of RFC 9112, each arriving whole and byte by byte. */
class HttpResponseParserTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answersFollowEachOtherOnAConnection(boolean slow) throws IOException {
        HttpResponseParser answers = reader(slow, """
                HTTP/1.1 200 OK
                Content-Type: application/json
                CONTENT-LENGTH:  2

                {}HTTP/1.1 404 Not Found
                content-length: 3

                abcHTTP/1.1 204 No Content

                """);
        assertEquals("{}", text(answers));
        assertEquals(200, answers.status());
        assertEquals("abc", text(answers));
        assertEquals(404, answers.status());
        assertEquals("", text(answers));
        assertTrue(answers.reusable());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void chunksArePutTogether(boolean slow) throws IOException {
        HttpResponseParser answers = reader(slow, """
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
        assertEquals("0123456789abc", text(answers));
        assertEquals("next", text(answers));
    }

    @Test
    void answerWithoutALengthEndsWithTheConnection() throws IOException {
        HttpResponseParser answers = reader(false, "HTTP/1.1 200 OK\n\nall of it");
        assertEquals("all of it", text(answers));
        assertFalse(answers.reusable());
    }

    @Test
    void interimAnswersArePassedOver() throws IOException {
        assertEquals("x", text(reader(false, "HTTP/1.1 100 Continue\n\nHTTP/1.1 200 OK\nContent-Length: 1\n\nx")));
    }

    @Test
    void serverSaysWhetherTheConnectionStays() throws IOException {
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
    void whatIsNoHttpIsRefused(String garbage) {
        assertThrows(ProtocolException.class, () -> text(reader(false, garbage)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\nContent-Len", "HTTP/1.1 200 OK\nContent-Length: 5\n\nabc"})
    void connectionThatBreaksIsToldFromOneThatAnswers(String part) {
        assertThrows(EOFException.class, () -> text(reader(true, part)));
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
    void answerThatNeverEndsIsRefused(String first, @Nullable String again, String told) {
        String head = again == null ? "" : first.replace(",", "\r\n") + "\r\n";
        String line = (again == null ? first + "\r\n" : again) + "\r\n";
        var endless = new SequenceInputStream(
                new ByteArrayInputStream(head.getBytes(UTF_8)), new RepeatingStream(line.getBytes(UTF_8)));
        var refused = assertThrows(ProtocolException.class, () -> text(new HttpResponseParser(endless)));
        assertTrue(String.valueOf(refused.getMessage()).contains(told), refused.getMessage());
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

    private static boolean reusable(String answer) throws IOException {
        HttpResponseParser answers = reader(false, answer);
        var unused = answers.read();
        return answers.reusable();
    }

    private static String text(HttpResponseParser answers) throws IOException {
        return new String(answers.read(), UTF_8);
    }

    private static HttpResponseParser reader(boolean slow, String answers) {
        byte[] bytes = answers.replace("\n", "\r\n").getBytes(UTF_8);
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

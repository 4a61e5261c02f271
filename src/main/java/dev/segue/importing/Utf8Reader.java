package dev.segue.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segue.file.UnreadableInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/** Decodes UTF-8, and refuses other text with the number of the line. {@code InputStreamReader} does not know the line. */
final class Utf8Reader extends Reader {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int NONE = -1;

    private final InputStream in;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).flip();
    private final CharsetDecoder decoder = UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private long newlines;
    private int lowSurrogate = NONE;
    private boolean ended;

    Utf8Reader(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (lowSurrogate != NONE) {
            buffer[offset] = (char) lowSurrogate;
            lowSurrogate = NONE;
            return 1;
        }
        var chars = CharBuffer.wrap(buffer, offset, length);
        while (true) {
            CoderResult result = decoder.decode(bytes, chars, ended);
            int decoded = chars.position() - offset;
            if (result.isError()) {
                throw new UnreadableInput(
                        "the text is not UTF-8 in line " + (1 + newlines + newlines(buffer, offset, decoded))
                                + "; convert it, as in: iconv -f WINDOWS-1252 -t UTF-8 F > G");
            }
            if (decoded > 0) {
                newlines += newlines(buffer, offset, decoded);
                return decoded;
            }
            if (result.isOverflow()) {
                return readPair(buffer, offset);
            }
            if (ended) {
                return -1;
            }
            fill();
        }
    }

    /** Reads the first half of a surrogate pair, if there is room for one character, and keeps the other half. */
    private int readPair(char[] buffer, int offset) {
        var pair = CharBuffer.allocate(2);
        decoder.decode(bytes, pair, ended);
        buffer[offset] = pair.get(0);
        lowSurrogate = pair.get(1);
        return 1;
    }

    private static long newlines(char[] buffer, int offset, int length) {
        long count = 0;
        for (int i = offset; i < offset + length; i++) {
            count += buffer[i] == '\n' ? 1 : 0;
        }
        return count;
    }

    private void fill() throws IOException {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        ended = read < 0;
        bytes.position(bytes.position() + Math.max(0, read)).flip();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

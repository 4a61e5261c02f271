package dev.segue.catalog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.segue.catalog.LineChunks.Chunk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineChunksTest {

    @Test
    void linesOfAnyLengthAreCompleteAndInOrder() throws IOException {
        var random = new Random(1);
        for (int run = 0; run < 500; run++) {
            var text = new StringBuilder();
            for (int line = random.nextInt(20); line > 0; line--) {
                text.append("x".repeat(random.nextInt(40))).append('\n');
            }
            text.append("y".repeat(random.nextInt(3))); // perhaps no newline at the end
            String expected = text.isEmpty() || text.charAt(text.length() - 1) == '\n' ? text.toString() : text + "\n";
            assertEquals(expected, joined(text.toString(), 1 + random.nextInt(50)));
        }
    }

    @Test
    void noChunkFollowsStop() throws IOException {
        var chunks = new LineChunks(new ByteArrayInputStream("a\nb\n".getBytes(US_ASCII)));
        chunks.stop();
        assertFalse(chunks.next(new Chunk(3)));
    }

    private static String joined(String text, int capacity) throws IOException {
        var chunks = new LineChunks(new ByteArrayInputStream(text.getBytes(US_ASCII)));
        var chunk = new Chunk(capacity);
        var joined = new StringBuilder();
        for (int number = 0; chunks.next(chunk); number++) {
            assertEquals(number, chunk.number());
            assertEquals('\n', chunk.bytes()[chunk.length() - 1]);
            joined.append(new String(chunk.bytes(), 0, chunk.length(), US_ASCII));
        }
        return joined.toString();
    }
}

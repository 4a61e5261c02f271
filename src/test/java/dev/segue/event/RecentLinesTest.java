package dev.segue.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecentLinesTest {

    private static final long PERIOD = RecentLines.PERIOD.toNanos();

    private final AtomicLong now = new AtomicLong(-5);
    private final RecentLines recent = new RecentLines(now::get);

    @TempDir
    private Path folder;

    private void add(String lines) {
        ByteBuffer buffer = bytes(lines);
        recent.add(buffer, 0, buffer.limit());
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(ByteBuffer buffer) {
        return StandardCharsets.US_ASCII.decode(buffer.duplicate()).toString();
    }

    @Test
    void linesOfTheLastPeriodAreKeptInOrder() {
        add("a\n");
        now.addAndGet(PERIOD / 2);
        add("b\nc\n");
        now.addAndGet(PERIOD);
        add("d\n");
        assertEquals("a\nb\nc\nd\n", text(recent.copy()));
    }

    @Test
    void linesOlderThanTwoPeriodsAreDropped() {
        add("a\n");
        now.addAndGet(PERIOD);
        add("b\n");
        now.addAndGet(PERIOD);
        assertEquals("b\n", text(recent.copy()));
        now.addAndGet(PERIOD);
        assertEquals("", text(recent.copy()));
        add("c\n");
        now.addAndGet(100 * PERIOD);
        assertEquals("", text(recent.copy()));
    }

    @Test
    void memoryIsBoundedAndHoldsWholeLines() {
        String line = "x".repeat(999) + "\n";
        for (int i = 0; i < 10; i++) {
            add(line.repeat(1000));
        }
        String kept = text(recent.copy());
        assertEquals(0, kept.length() % line.length());
        assertEquals(true, kept.length() > RecentLines.MAX_BYTES / 2 && kept.length() <= 2 * RecentLines.MAX_BYTES);
    }

    @Test
    void lastLinesOfLargeBatchAreKept() {
        String line = "x".repeat(999) + "\n";
        add("first\n" + line.repeat(5000) + "last\n");
        String kept = text(recent.copy());
        assertEquals(2097 * 1000 + 5, kept.length());
        assertEquals("\nlast\n", kept.substring(kept.length() - 6));
    }

    @Test
    void linesAtEndOfFileAreNotMissing() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "older\na\nb\nother\n");
        assertEquals("c\nd\n", text(RecentLines.missingFrom(file, bytes("a\nb\nc\nd\n"))));
    }
}

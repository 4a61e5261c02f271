package dev.segue.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventLogOptionsTest {

    private static final Duration TENTH = Duration.ofMillis(100);

    @Test
    void invalidOptionsAreRejected() {
        assertRejected("the largest log size is 0 (never rotate) or more bytes, not -1", -1, null, TENTH, 1, TENTH);
        assertRejected("the number of rotations to keep is 0 or more, not -1", 0, -1, TENTH, 1, TENTH);
        assertRejected("the fsync interval is 0 (never) or longer, not PT-0.1S", 0, null, TENTH.negated(), 1, TENTH);
        assertRejected("the backlog may have 1 to 1073741824 bytes, not 0", 0, null, TENTH, 0, TENTH);
        assertRejected(
                "the backlog may have 1 to 1073741824 bytes, not 1073741825", 0, null, TENTH, (1 << 30) + 1, TENTH);
        assertRejected(
                "the time after which a write is stalled is longer than 0, not PT0S", 0, null, TENTH, 1, Duration.ZERO);
    }

    private static void assertRejected(
            String message,
            long maxBytes,
            @Nullable Integer backupCopies,
            Duration fsyncInterval,
            long maxBacklogBytes,
            Duration stalledAfter) {
        IllegalArgumentException exception = assertThrows(
                IllegalArgumentException.class,
                () -> new EventLogOptions(
                        Path.of("data.json"),
                        maxBytes,
                        backupCopies,
                        null,
                        fsyncInterval,
                        maxBacklogBytes,
                        stalledAfter));
        assertEquals(message, exception.getMessage());
    }
}

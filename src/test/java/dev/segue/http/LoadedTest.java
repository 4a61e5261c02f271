package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.event.EventLog;
import dev.segue.event.EventLogOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedTest {

    @TempDir
    private Path folder;

    @Test
    @SuppressWarnings("NullAway") // stores that fail to close
    void theLogIsClosedAlthoughTheStoresFailToClose() {
        var options = EventLogOptions.of(folder.resolve("data.json"));
        EventLog log = EventLog.open(options);
        var loaded = new Loaded(null, null, log, null, null, null);
        assertThrows(NullPointerException.class, loaded::close);
        try (EventLog next = EventLog.open(options)) {
            assertTrue(next.isWritable(), "the lock is free");
        }
    }
}

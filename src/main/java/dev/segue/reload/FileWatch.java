package dev.segue.reload;

import dev.segue.platform.OutOfMemory;
import dev.segue.reload.GenerationFiles.FileStamp;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads files that have changed since they were loaded last, once they have stayed unchanged for one interval. Files that were refused are
 * not tried again until they change.
 */
final class FileWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    private final GenerationFiles files;
    private final BooleanSupplier reload;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        var watch = new Thread(task, "segue-watch");
        watch.setDaemon(true);
        return watch;
    });
    private Map<Path, FileStamp> seen;

    /** @param reload begins a reload; false if one is in progress */
    FileWatch(GenerationFiles files, BooleanSupplier reload) {
        this.files = files;
        this.reload = reload;
        seen = files.loaded();
    }

    void start(int seconds) {
        var unused = thread.scheduleWithFixedDelay(this::check, seconds, seconds, TimeUnit.SECONDS);
    }

    /** Looks at the files; once per interval. Never throws, because a periodic task that throws is not repeated. */
    void check() {
        try {
            Map<Path, FileStamp> state = files.state();
            boolean isSettled = state.equals(seen);
            seen = state;
            if (isSettled && !state.equals(files.loaded()) && !reload.getAsBoolean()) {
                LOG.debug("a reload is in progress; the changed files are reloaded after it");
            }
        } catch (Throwable failed) {
            OutOfMemory.check(failed);
            LOG.error("the files of the catalogs could not be watched", failed);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

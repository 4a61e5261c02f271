package dev.segue.reload;

import dev.segue.config.ReloadSettings;
import dev.segue.file.FileException;
import dev.segue.history.ListeningMemory;
import dev.segue.platform.OutOfMemory;
import dev.segue.platform.ProcessSignal;
import dev.segue.service.NextTrackService;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the generation in service on a background thread, one change at a time, while the present one serves. {@link Changeover} makes the
 * change. The previous generation stays in memory, to be returned to, and the files of learned ones stay on the disk.
 */
public final class Reloader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

    private final ReloadSettings settings;
    private final GenerationArchive archive;
    private final Changeover changeover;
    private final GenerationHistory history;
    private final Consumer<ReloadOutcome> observer;
    private final FileWatch watch;
    private final AtomicBoolean isChanging = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        var reload = new Thread(task, "segue-reload");
        reload.setDaemon(true);
        return reload;
    });
    private volatile @Nullable ProcessSignal signal;

    /**
     * A reloader of a service whose generation has just been loaded.
     *
     * @param memory of the listeners
     * @param observer gets the outcome of each reload
     */
    public Reloader(
            NextTrackService service,
            ListeningMemory<?> memory,
            GenerationFiles files,
            ReloadSettings settings,
            InstantSource clock,
            Consumer<ReloadOutcome> observer) {
        this.settings = settings;
        this.observer = observer;
        archive = files.archive(clock);
        history = new GenerationHistory(service.generation(), settings.keepPrevious(), clock.millis());
        changeover = new Changeover(
                service,
                files,
                archive,
                new GenerationGuard(settings, memory),
                new WarmUp(service, memory, System::nanoTime),
                history,
                clock);
        files.serve(service.generation().id());
        watch = new FileWatch(files, () -> begin(Cause.WATCH, false, outcome -> {}));
    }

    /** Reloads files that change, if the settings say so. */
    public void watch() {
        if (settings.watchSeconds() > 0) {
            watch.start(settings.watchSeconds());
        }
    }

    /** Reloads on SIGHUP, where the system has that signal. */
    public void reloadOnHangup() {
        signal = ProcessSignal.handle("HUP", this::hangup, "POST /admin/reload reloads")
                .orElse(null);
    }

    private void hangup() {
        if (!begin(Cause.SIGNAL, false, outcome -> {})) {
            LOG.warn("SIGHUP is ignored, because a reload is in progress; send it again when it has ended");
        }
    }

    /**
     * Begins a reload of the files in place on a background thread.
     *
     * @param isForced whether faults are no reason to refuse
     * @param then gets the outcome, on the background thread; the next change may begin meanwhile
     * @return false if another change is in progress
     */
    public boolean begin(Cause cause, boolean isForced, Consumer<ReloadOutcome> then) {
        return change(() -> changeover.reload(cause, isForced), observer.andThen(then));
    }

    /**
     * Serves learned files on the background thread, after a change in progress, and puts them in place if they are accepted.
     *
     * @param targets the files and folders that are {@link dev.segue.file.JointReplacement#prepared}
     * @param then gets the outcome, on the background thread
     * @return false if this reloader is closed
     */
    public boolean publish(List<Path> targets, Consumer<ReloadOutcome> then) {
        return execute(() -> changeover.publish(targets), observer.andThen(then));
    }

    /**
     * Begins to return to another generation, as {@link #begin} does. After the previous one, the present one is the previous one, so that
     * another call returns to it.
     *
     * @param generation one whose files are kept; null for the one that served before
     */
    public boolean beginRollback(@Nullable String generation, boolean isForced, Consumer<ReloadOutcome> then) {
        return change(
                () -> generation == null ? changeover.rollBack() : changeover.rollBackTo(generation, isForced), then);
    }

    private boolean change(Supplier<ReloadOutcome> work, Consumer<ReloadOutcome> then) {
        if (!isChanging.compareAndSet(false, true)) {
            return false;
        }
        boolean isBegun = execute(() -> endingChange(work), then);
        if (!isBegun) {
            isChanging.set(false);
        }
        return isBegun;
    }

    private ReloadOutcome endingChange(Supplier<ReloadOutcome> work) {
        try {
            return work.get();
        } finally {
            isChanging.set(false);
        }
    }

    private boolean execute(Supplier<ReloadOutcome> work, Consumer<ReloadOutcome> then) {
        try {
            thread.execute(() -> then.accept(outcome(work)));
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    private ReloadOutcome outcome(Supplier<ReloadOutcome> work) {
        try {
            return work.get();
        } catch (Throwable failed) {
            OutOfMemory.check(failed);
            var failure = new ReloadOutcome.Failed(
                    failed instanceof FileException bad
                            ? String.valueOf(bad.getMessage())
                            : "loading the new ones failed; the server's log has the reason");
            LOG.warn(failure.message(), failed instanceof FileException ? null : failed);
            return failure;
        }
    }

    /** The generations whose files are kept, the last one first. */
    public List<KeptGeneration> kept() {
        return archive.list();
    }

    /** The generations of this process. */
    public Generations generations() {
        return history.generations();
    }

    @Override
    public void close() {
        ProcessSignal handled = signal;
        if (handled != null) {
            handled.close();
        }
        watch.close();
        thread.shutdownNow();
    }
}

package dev.segue.reload;

import dev.segue.config.ReloadSettings;
import dev.segue.file.FileException;
import dev.segue.history.ListeningMemory;
import dev.segue.platform.OutOfMemory;
import dev.segue.platform.ProcessSignal;
import dev.segue.service.Generation;
import dev.segue.service.NextTrackService;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the generation in service, one change at a time, while the present one serves: loads the next one from its files on a background
 * thread, refuses it if it has the faults of {@link GenerationGuard}, warms it up, and puts it in service. The previous one stays in memory, to
 * be returned to.
 */
public final class Reloader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

    private final NextTrackService service;
    private final GenerationFiles files;
    private final ReloadSettings settings;
    private final GenerationGuard guard;
    private final WarmUp warmUp;
    private final GenerationHistory history;
    private final InstantSource clock;
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
        this.service = service;
        this.files = files;
        this.settings = settings;
        this.clock = clock;
        this.observer = observer;
        guard = new GenerationGuard(settings, memory);
        warmUp = new WarmUp(service, memory, System::nanoTime);
        history = new GenerationHistory(service.generation(), settings.keepPrevious(), clock.millis());
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
        signal = ProcessSignal.handle("HUP", this::hangup, "POST /admin/reload reloads").orElse(null);
    }

    private void hangup() {
        if (!begin(Cause.SIGNAL, false, outcome -> {})) {
            LOG.warn("SIGHUP is ignored, because a reload is in progress; send it again when it has ended");
        }
    }

    /**
     * Begins a reload on a background thread.
     *
     * @param isForced whether faults are no reason to refuse
     * @param then gets the outcome, on the background thread; the next reload may begin meanwhile
     * @return false if a reload is in progress
     */
    public boolean begin(Cause cause, boolean isForced, Consumer<ReloadOutcome> then) {
        if (!isChanging.compareAndSet(false, true)) {
            return false;
        }
        try {
            thread.execute(() -> then.accept(reload(cause, isForced)));
            return true;
        } catch (RejectedExecutionException closed) {
            isChanging.set(false);
            return false;
        }
    }

    private ReloadOutcome reload(Cause cause, boolean isForced) {
        ReloadOutcome outcome;
        try {
            outcome = attempt(cause, isForced);
        } catch (Throwable failed) {
            OutOfMemory.check(failed);
            var failure = new ReloadOutcome.Failed(reason(failed));
            LOG.warn(failure.message(), failed instanceof FileException ? null : failed);
            outcome = failure;
        } finally {
            isChanging.set(false);
        }
        observer.accept(outcome);
        return outcome;
    }

    private ReloadOutcome attempt(Cause cause, boolean isForced) {
        Generation before = service.generation();
        Generation loaded = files.load();
        long loadedAt = clock.millis();
        if (loaded.id().equals(before.id())) {
            LOG.info("generation {} is in service already", before.id());
            return new ReloadOutcome.Done(before.catalog(), before, List.of());
        }
        List<String> faults = guard.faults(before, loaded, loadedAt);
        if (!isForced && !faults.isEmpty()) {
            var refused = new ReloadOutcome.Refused(before.catalog(), loaded.catalog(), faults);
            LOG.warn(refused.message());
            return refused;
        }
        int requests = warmUp.run(loaded);
        history.replace(before, loaded, loadedAt, clock.millis(), cause);
        service.serve(loaded);
        LOG.info("generation {} is in service, warmed up by {} requests", loaded.id(), requests);
        return new ReloadOutcome.Done(before.catalog(), loaded, faults);
    }

    private static String reason(Throwable failed) {
        return failed instanceof FileException bad
                ? String.valueOf(bad.getMessage())
                : "loading the new ones failed; the server's log has the reason";
    }

    /**
     * Puts the previous generation in service. The present one becomes the previous one, so that another call returns to it.
     *
     * @throws NoRollbackException if there is no previous one, or a reload is in progress
     */
    public ReloadOutcome.Done rollBack() {
        if (!isChanging.compareAndSet(false, true)) {
            throw new NoRollbackException("a reload is in progress; try again when it has ended");
        }
        try {
            GenerationHistory.Previous previous = history.previous();
            if (previous == null) {
                throw new NoRollbackException(
                        settings.keepPrevious()
                                ? "there is no previous generation: this process has not replaced one yet"
                                : "there is no previous generation: reload.keep_previous is false");
            }
            Generation before = service.generation();
            history.replace(before, previous.generation(), previous.loadedAt(), clock.millis(), Cause.ROLLBACK);
            service.serve(previous.generation());
            LOG.info(
                    "generation {} is in service again, in place of {}",
                    previous.generation().id(),
                    before.id());
            return new ReloadOutcome.Done(before.catalog(), previous.generation(), List.of());
        } finally {
            isChanging.set(false);
        }
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

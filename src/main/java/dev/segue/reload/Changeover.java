package dev.segue.reload;

import dev.segue.catalog.PreparedFiles;
import dev.segue.file.FileException;
import dev.segue.file.JointReplacement;
import dev.segue.platform.FailureReason;
import dev.segue.reload.GenerationFiles.FileStamp;
import dev.segue.reload.ReloadOutcome.Done;
import dev.segue.reload.ReloadOutcome.NothingToReturnTo;
import dev.segue.reload.ReloadOutcome.Refused;
import dev.segue.service.Generation;
import dev.segue.service.NextTrackService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads, checks and warms up the next generation, and puts it in service. Learned and kept files are loaded where they are, and put in place
 * after they were accepted: the files in place are those of a generation that was accepted, and the next start loads it. For one thread at a
 * time.
 */
final class Changeover {

    private static final Logger LOG = LoggerFactory.getLogger(Changeover.class);
    private static final String OF_RELOAD = "correct the files, or POST /admin/reload?force=true if this is meant";
    private static final String OF_LEARNING =
            "the files in place are unchanged; POST /admin/rollback with this generation and \"force\": true serves the new ones";
    private static final String OF_CHANGES =
            "reload these files or put the former ones back; then POST /admin/rollback with this generation serves the new ones";
    private static final String OF_ROLLBACK = "POST /admin/rollback with \"force\": true if this is meant";

    private final NextTrackService service;
    private final GenerationFiles files;
    private final GenerationArchive archive;
    private final GenerationGuard guard;
    private final WarmUp warmUp;
    private final GenerationHistory history;
    private final InstantSource clock;

    Changeover(
            NextTrackService service,
            GenerationFiles files,
            GenerationArchive archive,
            GenerationGuard guard,
            WarmUp warmUp,
            GenerationHistory history,
            InstantSource clock) {
        this.service = service;
        this.files = files;
        this.archive = archive;
        this.guard = guard;
        this.warmUp = warmUp;
        this.history = history;
        this.clock = clock;
    }

    /** Puts accepted files in place. */
    @FunctionalInterface
    private interface Placement {

        /** @return whether they are in place */
        boolean run() throws IOException;
    }

    /**
     * Serves the files in place.
     *
     * @throws FileException if they cannot be loaded
     */
    ReloadOutcome reload(Cause cause, boolean isForced) {
        Generation loaded = files.load();
        Generation before = service.generation();
        if (loaded.id().equals(before.id())) {
            LOG.info("generation {} is in service already", before.id());
            files.serve(before.id());
            return new Done(before.catalog(), before, List.of(), true);
        }
        return change(loaded, cause, isForced, List.of(), OF_RELOAD, () -> {
            files.serve(loaded.id());
            return true;
        });
    }

    /**
     * Serves prepared files, and puts them in place. Those that are refused go to the archive; so do those that would replace files that
     * somebody else has put in place.
     *
     * @param targets the files and folders that are prepared
     * @throws FileException if they cannot be loaded or put in place
     */
    ReloadOutcome publish(List<Path> targets) {
        Map<Path, Optional<Path>> sources = PreparedFiles.replacement(targets);
        UnaryOperator<Path> place = file -> sources.containsKey(file) ? JointReplacement.prepared(file) : file;
        Map<Path, FileStamp> state = files.state();
        Generation loaded = files.loadFrom(place);
        Generation before = service.generation();
        List<String> changes = files.notOf(before.id(), sources.keySet()).stream()
                .map(file -> file.getFileName() + " was changed in place and does not serve")
                .toList();
        ReloadOutcome outcome;
        if (!changes.isEmpty()) {
            outcome =
                    refused(new Refused(before.catalog(), loaded, "would replace changed files", changes, OF_CHANGES));
        } else if (loaded.id().equals(before.id())) {
            LOG.info("generation {} is in service already", before.id());
            files.replace(sources, before.id(), state);
            return new Done(before.catalog(), before, List.of(), true);
        } else {
            outcome = change(loaded, Cause.LEARNING, false, List.of(), OF_LEARNING, () -> {
                keepPresent();
                archive.add(loaded.id(), place, null);
                files.replace(sources, loaded.id(), state);
                return true;
            });
        }
        if (outcome instanceof Refused refused) {
            setAside(targets, place, refused);
        }
        archive.prune();
        return outcome;
    }

    private void setAside(List<Path> targets, UnaryOperator<Path> place, Refused refused) {
        try {
            String generation = refused.refused().id();
            if (!generation.equals(service.generation().id())) {
                archive.add(generation, place, String.join("; ", refused.faults()));
            }
            for (Path target : targets) {
                JointReplacement.remove(JointReplacement.prepared(target));
            }
        } catch (IOException e) {
            LOG.warn("the refused files could not be moved to the kept generations", e);
        }
    }

    /** Serves the generation that served before. */
    ReloadOutcome rollBack() {
        GenerationHistory.Previous previous = history.previous();
        if (previous == null) {
            return new NothingToReturnTo("there is no previous generation: "
                    + (history.keepsPrevious()
                            ? "this process has not replaced one yet"
                            : "reload.keep_previous is false"));
        }
        Generation before = service.generation();
        boolean isInPlace = restored(previous.generation().id());
        history.replace(before, previous.generation(), previous.loadedAt(), clock.millis(), Cause.ROLLBACK);
        service.serve(previous.generation());
        LOG.info(
                "generation {} is in service again, in place of {}",
                previous.generation().id(),
                before.id());
        return new Done(before.catalog(), previous.generation(), List.of(), isInPlace);
    }

    /**
     * Serves a generation whose files are kept.
     *
     * @throws FileException if they cannot be loaded
     */
    ReloadOutcome rollBackTo(String generation, boolean isForced) {
        Generation before = service.generation();
        if (generation.equals(before.id())) {
            return new Done(before.catalog(), before, List.of(), files.areOf(before.id()));
        }
        GenerationHistory.Previous previous = history.previous();
        if (previous != null && generation.equals(previous.generation().id())) {
            return rollBack();
        }
        if (!archive.has(generation)) {
            return new NothingToReturnTo(
                    "generation " + generation + " is not kept; GET /admin/generations lists those that are");
        }
        Generation loaded = files.loadFrom(file -> archive.placeOf(generation, file));
        List<String> faults = loaded.id().equals(generation)
                ? List.of()
                : List.of(
                        "the kept files have the fingerprint " + loaded.id() + ": they or a session log were changed");
        return change(loaded, Cause.ROLLBACK, isForced, faults, OF_ROLLBACK, () -> restored(generation));
    }

    private ReloadOutcome change(
            Generation loaded, Cause cause, boolean isForced, List<String> found, String remedy, Placement placement) {
        Generation before = service.generation();
        long loadedAt = clock.millis();
        List<String> faults = new ArrayList<>(found);
        faults.addAll(guard.faults(before, loaded, loadedAt));
        if (!isForced && !faults.isEmpty()) {
            return refused(new Refused(before.catalog(), loaded, "differ too much", List.copyOf(faults), remedy));
        }
        WarmUp.Result warmedUp = warmUp.run(loaded);
        if (warmedUp.failed() > 0) {
            faults.add(warmedUp.failed() + " of " + warmedUp.requests()
                    + " recent requests fail with them, and the server's log has the first");
            if (!isForced) {
                return refused(new Refused(before.catalog(), loaded, "fail", List.copyOf(faults), remedy));
            }
        }
        boolean isInPlace = place(placement);
        history.replace(before, loaded, loadedAt, clock.millis(), cause);
        service.serve(loaded);
        LOG.info("generation {} is in service, warmed up by {} requests", loaded.id(), warmedUp.requests());
        return new Done(before.catalog(), loaded, List.copyOf(faults), isInPlace);
    }

    private static Refused refused(Refused refused) {
        LOG.warn(refused.message());
        return refused;
    }

    private static boolean place(Placement placement) {
        try {
            return placement.run();
        } catch (IOException e) {
            throw new FileException(
                    "the files could not be put in place (" + FailureReason.of(e)
                            + "); check STATE_FOLDER, its permissions and the space left",
                    e);
        }
    }

    /** Keeps the generation in service, if its files are in place and not kept yet. */
    private void keepPresent() throws IOException {
        String present = service.generation().id();
        if (files.areOf(present) && !archive.has(present)) {
            archive.add(present, UnaryOperator.identity(), null);
        }
    }

    /**
     * Puts the files of a generation in place, if they are kept, and those in place are the ones in service. Others were put there by somebody
     * else and are not overwritten.
     *
     * @return whether they are in place
     */
    private boolean restored(String generation) {
        if (files.areOf(generation)) {
            return true;
        }
        if (!archive.has(generation)) {
            return false;
        }
        Map<Path, FileStamp> state = files.state();
        if (!files.areOf(service.generation().id())) {
            LOG.warn(
                    "the files in place are not those of the generation in service and stay; a start loads them instead of {}",
                    generation);
            return false;
        }
        try {
            Map<Path, Optional<Path>> sources = archive.restore(generation);
            keepPresent();
            archive.renew(generation);
            files.replace(sources, generation, state);
            archive.prune();
            return true;
        } catch (IOException | FileException e) {
            LOG.warn("the files of generation {} could not be put in place", generation, e);
            return false;
        }
    }
}

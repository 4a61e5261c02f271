package dev.segue.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves of new files and folders to their targets, which can be undone until {@link #end}: until then, a file that is replaced or removed stays
 * beside its target. Moves that were made before are not made again.
 */
final class ReversibleMoves {

    private static final Logger LOG = LoggerFactory.getLogger(ReversibleMoves.class);
    private static final String PREVIOUS = ".previous";
    private static final String REPLACED = ".replaced-";

    private final Map<Path, Optional<Path>> sources;
    private final Runnable beforeEachStep;
    private final Deque<Step> inverses = new ArrayDeque<>();

    /** A change of a file. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    /**
     * @param sources as in {@link JointReplacement#run}
     * @param beforeEachStep is called before each change of a file
     */
    ReversibleMoves(Map<Path, Optional<Path>> sources, Runnable beforeEachStep) {
        this.sources = sources;
        this.beforeEachStep = beforeEachStep;
    }

    /** Removes what stands in the way of the moves, and leaves the targets as they are. */
    void clear() throws IOException {
        for (var each : sources.entrySet()) {
            Path target = each.getKey();
            delete(replaced(target));
            if (each.getValue().filter(Files::isDirectory).isPresent() && Files.exists(target)) {
                delete(previous(target));
            }
        }
    }

    /** Makes the moves. */
    void run() throws IOException {
        for (var each : sources.entrySet()) {
            if (each.getValue().isPresent()) {
                move(each.getValue().get(), each.getKey());
            } else {
                takeAway(each.getKey());
            }
        }
    }

    /** Undoes the moves that were made, the last one first. */
    void undo() throws IOException {
        while (!inverses.isEmpty()) {
            inverses.pop().run();
        }
    }

    /** Removes the files that were replaced or removed. A failure is only logged. */
    void end() {
        for (Path target : sources.keySet()) {
            try {
                delete(replaced(target));
            } catch (IOException | UncheckedIOException e) {
                LOG.warn("{} could not be removed", replaced(target), e);
            }
        }
    }

    private void move(Path source, Path target) throws IOException {
        if (Files.notExists(source)) {
            return;
        }
        if (Files.isDirectory(source)) {
            moveFolder(source, target);
        } else {
            moveFile(source, target);
        }
    }

    private void moveFolder(Path source, Path target) throws IOException {
        if (Files.exists(target)) {
            Path previous = previous(target);
            delete(previous);
            make(() -> Files.move(target, previous), () -> Files.move(previous, target));
        }
        make(() -> place(source, target), () -> place(target, source));
    }

    private void moveFile(Path source, Path target) throws IOException {
        boolean isReplaced = Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                && !Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS);
        Path replaced = replaced(target);
        if (isReplaced) {
            beforeEachStep.run();
            keep(target, replaced);
        }
        make(() -> place(source, target), () -> {
            place(target, source);
            if (isReplaced) {
                place(replaced, target);
            }
        });
    }

    private static void keep(Path file, Path copy) throws IOException {
        if (Files.isSymbolicLink(file)) {
            JointReplacement.remove(copy);
            Files.copy(file, copy, LinkOption.NOFOLLOW_LINKS);
        } else {
            JointReplacement.link(file, copy);
        }
    }

    private void takeAway(Path target) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            make(() -> Files.move(target, replaced(target)), () -> Files.move(replaced(target), target));
        }
    }

    private void make(Step step, Step inverse) throws IOException {
        beforeEachStep.run();
        step.run();
        inverses.push(inverse);
    }

    private static void place(Path source, Path target) throws IOException {
        Files.move(source, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private void delete(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            beforeEachStep.run();
            JointReplacement.remove(path);
        }
    }

    private static Path previous(Path target) {
        return target.resolveSibling(target.getFileName() + PREVIOUS);
    }

    private static Path replaced(Path target) {
        return target.resolveSibling(REPLACED + target.getFileName());
    }
}

package dev.segue.learn;

import dev.segue.file.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Moves new files and folders, which are prepared beside their targets, to the targets. */
final class Staging {

    private static final String PREFIX = ".learning-";
    private static final String PREVIOUS = ".previous";

    private Staging() {}

    /** The path at which a target is prepared: in the same folder, so that it can be moved, and with the same suffix. */
    static Path of(Path target) {
        return target.resolveSibling(PREFIX + target.getFileName());
    }

    /**
     * Moves a prepared file or folder to its target. A folder that is replaced is kept with the suffix {@code .previous}; a file is replaced
     * in one step.
     *
     * @throws FileException if that fails
     */
    static void publish(Path target) {
        Path staged = of(target);
        try {
            if (Files.isDirectory(staged) && Files.exists(target)) {
                Path previous = target.resolveSibling(target.getFileName() + PREVIOUS);
                remove(previous);
                Files.move(target, previous);
            }
            Files.move(staged, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new FileException("cannot move " + staged + " to " + target + ": " + e, e);
        }
    }

    /** Removes what is prepared for a target. */
    static void discard(Path target) {
        try {
            remove(of(target));
        } catch (IOException e) {
            throw new FileException("cannot remove " + of(target) + ": " + e, e);
        }
    }

    private static void remove(Path path) throws IOException {
        if (Files.notExists(path)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(path)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}

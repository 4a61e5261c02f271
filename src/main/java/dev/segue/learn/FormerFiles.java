package dev.segue.learn;

import dev.segue.file.FileException;
import dev.segue.file.JointReplacement;
import dev.segue.platform.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files that a learning is about to replace, which are put back if a server refuses the new ones. */
public final class FormerFiles {

    private static final String FORMER = ".former-";

    private final Path stateFolder;
    private final List<Path> targets;

    private FormerFiles(Path stateFolder, List<Path> targets) {
        this.stateFolder = stateFolder;
        this.targets = List.copyOf(targets);
    }

    /** Links files and folders beside themselves. */
    static FormerFiles keep(Path stateFolder, List<Path> targets) {
        var former = new FormerFiles(stateFolder, targets);
        try {
            for (Path target : targets) {
                JointReplacement.remove(beside(target));
                JointReplacement.link(target, beside(target));
            }
        } catch (IOException e) {
            former.discard();
            throw new FileException("cannot keep the present files (" + FailureReason.of(e) + ")", e);
        }
        return former;
    }

    private static Path beside(Path target) {
        return target.resolveSibling(FORMER + target.getFileName());
    }

    /**
     * Puts the former files back. The new ones are prepared again, so that they can be put in place without new training.
     *
     * @throws FileException if that fails
     */
    public void putBack() {
        Map<Path, Optional<Path>> sources = new LinkedHashMap<>();
        try {
            for (Path target : targets) {
                JointReplacement.link(target, Staging.of(target));
                sources.put(target, Optional.of(beside(target)).filter(Files::exists));
            }
        } catch (IOException e) {
            throw new FileException("cannot put the former files back (" + FailureReason.of(e) + ")", e);
        }
        JointReplacement.run(stateFolder, sources);
    }

    /** Forgets the former files. */
    public void discard() {
        try {
            for (Path target : targets) {
                JointReplacement.remove(beside(target));
            }
        } catch (IOException e) {
            throw new FileException("cannot remove the former files (" + FailureReason.of(e) + ")", e);
        }
    }
}

package dev.segue.learn;

import dev.segue.file.FileException;
import dev.segue.file.JointReplacement;
import java.io.IOException;
import java.nio.file.Path;

/** New files and folders, which are prepared beside their targets. */
final class Staging {

    private Staging() {}

    /** The path at which a target is prepared. */
    static Path of(Path target) {
        return JointReplacement.prepared(target);
    }

    /** Removes what is prepared for a target. */
    static void discard(Path target) {
        try {
            JointReplacement.remove(of(target));
        } catch (IOException e) {
            throw new FileException("cannot remove " + of(target) + ": " + e, e);
        }
    }
}

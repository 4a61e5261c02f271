package dev.segue.upkeep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Words before a command that give it the lowest priority: of the scheduling classes for idle time where the system has them,
 * so that it gets the processor and the disk when nothing else needs them, and the largest nice value. When memory runs out, Linux
 * ends it before any other process.
 */
final class LowestPriority {

    private static final Logger LOG = LoggerFactory.getLogger(LowestPriority.class);
    private static final int TRIAL_SECONDS = 5;

    /** Each runs the command that follows it. */
    private static final List<List<String>> PREFIXES = List.of(
            List.of("/usr/bin/nice", "-n", "19"),
            List.of("/usr/bin/ionice", "-c", "3"),
            List.of("/usr/bin/chrt", "--idle", "0"),
            List.of("/bin/sh", "-c", "echo 1000 >/proc/self/oom_score_adj && exec \"$@\"", "sh"));

    private LowestPriority() {}

    /** The prefixes that work here, since a container may lack them or forbid what they do; empty if none does. */
    static List<String> prefix() throws InterruptedException {
        return prefix(PREFIXES);
    }

    static List<String> prefix(List<List<String>> prefixes) throws InterruptedException {
        List<String> words = new ArrayList<>();
        for (List<String> prefix : prefixes) {
            if (works(prefix)) {
                words.addAll(prefix);
            }
        }
        return words;
    }

    private static boolean works(List<String> prefix) throws InterruptedException {
        List<String> trial = new ArrayList<>(prefix);
        trial.add("/bin/true");
        try {
            Process process = new ProcessBuilder(trial)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return process.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException missing) {
            LOG.debug("{} cannot be run", prefix, missing);
            return false;
        }
    }
}

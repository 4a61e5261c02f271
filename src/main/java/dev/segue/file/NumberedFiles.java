package dev.segue.file;

import ch.qos.logback.core.rolling.RollingPolicyBase;
import ch.qos.logback.core.rolling.RolloverFailure;
import dev.segue.platform.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Renames a file {@code access.log} to {@code access.log.1}, that to {@code access.log.2}, and so on. Logback's own policy takes
 * percent signs in the names of folders for patterns.
 */
final class NumberedFiles extends RollingPolicyBase {

    private final Path live;
    private final int kept;
    private final Runnable afterRollover;

    /** @param kept number of renamed files that are kept */
    NumberedFiles(Path live, int kept, Runnable afterRollover) {
        this.live = live;
        this.kept = kept;
        this.afterRollover = afterRollover;
    }

    private Path numbered(int number) {
        return Path.of(live + "." + number);
    }

    @Override
    public void rollover() {
        try {
            for (int number = kept - 1; number > 0; number--) {
                if (Files.exists(numbered(number))) {
                    Files.move(numbered(number), numbered(number + 1), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Files.move(live, numbered(1), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException refused) {
            throw new RolloverFailure(FailureReason.of(refused), refused); // the file is continued
        }
        afterRollover.run();
    }

    /** Deletes the renamed files that were written last before a time, in ms since 1970. */
    void deleteOlderThan(long millis) throws IOException {
        for (int number = kept; number > 0; number--) {
            Path file = numbered(number);
            if (Files.exists(file) && Files.getLastModifiedTime(file).toMillis() < millis) {
                Files.delete(file);
            }
        }
    }

    @Override
    public String getActiveFileName() {
        return live.toString();
    }
}

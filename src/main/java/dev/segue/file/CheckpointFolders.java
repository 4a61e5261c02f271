package dev.segue.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The checkpoints of a long task, each in a folder such as {@code checkpoint-000007}. A checkpoint is written to a
 * temporary folder and renamed when it is complete; then the previous one is removed. So a complete checkpoint always
 * exists.
 */
public final class CheckpointFolders {

    private static final String PREFIX = "checkpoint-";

    private CheckpointFolders() {}

    /** Writes the files of a checkpoint into an existing folder. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Path folder) throws IOException;
    }

    /**
     * Writes a checkpoint and removes the previous ones.
     *
     * @param number of the checkpoint, larger than the previous numbers
     * @throws IOException if the checkpoint cannot be written; the previous one is kept
     * @throws FileException likewise
     */
    public static void write(Path folder, int number, Content content) throws IOException {
        String name = String.format(Locale.ROOT, "%s%06d", PREFIX, number);
        Path temporary = folder.resolve(name + ".tmp");
        deleteAll(temporary);
        Files.createDirectories(temporary);
        content.writeTo(temporary);
        Path target = folder.resolve(name);
        deleteAll(target);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        for (Path other : all(folder)) {
            if (!other.equals(target)) {
                deleteAll(other);
            }
        }
    }

    /** The last complete checkpoint in a folder, if any. */
    public static Optional<Path> last(Path folder) {
        List<Path> all = all(folder);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /**
     * Removes all checkpoints in a folder.
     *
     * @throws IOException if a checkpoint cannot be removed
     */
    public static void remove(Path folder) throws IOException {
        for (Path checkpoint : all(folder)) {
            deleteAll(checkpoint);
        }
    }

    private static List<Path> all(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(PREFIX + "[0-9]+"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

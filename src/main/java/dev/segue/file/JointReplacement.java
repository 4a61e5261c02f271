package dev.segue.file;

import dev.segue.platform.FailureReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Replaces several files and folders as one. The moves are first written to a journal. If the process is killed among them, the journal is
 * still there, and {@link #complete} makes the remaining moves before the files are read again: the files are then all new, or all old if there
 * was no journal yet. If a move fails, those before it are undone, and the files are all old. A lock keeps two processes from moving at once.
 */
public final class JointReplacement {

    private static final String PREPARED = ".learning-";
    private static final JsonMapper JSON = new JsonMapper();

    private final Path journal;
    private final Path lock;
    private final Runnable beforeEachStep;

    /** @param beforeEachStep is called before each change of a file */
    JointReplacement(Path folder, Runnable beforeEachStep) {
        this.beforeEachStep = beforeEachStep;
        journal = folder.resolve("replacement.jsonl");
        lock = folder.resolve("replacement.lock");
    }

    /** Work with files. */
    @FunctionalInterface
    private interface FileWork {
        void run() throws IOException;
    }

    /** The path at which a new file or folder is prepared: in the folder of its target, so that it can be moved, and with the same suffix. */
    public static Path prepared(Path target) {
        return target.resolveSibling(PREPARED + target.getFileName());
    }

    /**
     * Moves new files and folders to their targets. A folder that is replaced is kept with the suffix {@code .previous}; a file is replaced in
     * one step. If a move fails, those that were made are undone.
     *
     * @param folder the folder of the journal
     * @param sources the new file or folder of each target, in the same file system; empty to remove the target
     * @throws FileException if that fails
     */
    public static void run(Path folder, Map<Path, Optional<Path>> sources) {
        new JointReplacement(folder, () -> {}).run(sources);
    }

    void run(Map<Path, Optional<Path>> sources) {
        locked(() -> {
            finish();
            var moves = new ReversibleMoves(sources, beforeEachStep);
            moves.clear();
            beforeEachStep.run();
            write(sources);
            try {
                moves.run();
            } catch (IOException | UncheckedIOException failed) {
                undo(moves, failed);
                throw failed;
            }
            end(moves);
        });
    }

    /**
     * Makes the moves that a killed process left.
     *
     * @param folder the folder of the journal
     * @throws FileException if that fails; the next call tries again
     */
    public static void complete(Path folder) {
        new JointReplacement(folder, () -> {}).complete();
    }

    void complete() {
        if (Files.exists(journal)) {
            locked(this::finish);
        }
    }

    private void locked(FileWork work) {
        synchronized (JointReplacement.class) { // the lock of a file is one of a process
            try {
                Destination.createFolder(
                        Objects.requireNonNull(journal.toAbsolutePath().getParent()));
                try (FileChannel channel = PrivateFile.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var held = channel.lock()) {
                    if (held.isValid()) {
                        work.run();
                    }
                }
            } catch (IOException e) {
                throw failure(e);
            } catch (UncheckedIOException e) {
                throw failure(Objects.requireNonNull(e.getCause()));
            }
        }
    }

    private FileException failure(IOException reason) {
        return new FileException(
                Files.exists(journal)
                        ? "the replacement of files in " + journal + " cannot be completed (" + FailureReason.of(reason)
                                + "), and the files in place may be of two generations; remove the cause and start or reload"
                                + " again, or move each \"source\" in that file to its \"target\" and delete the file"
                        : "cannot put new files in place (" + FailureReason.of(reason)
                                + "), and the former ones stay; check the permissions and the space of their folders and of "
                                + journal.toAbsolutePath().getParent(),
                reason);
    }

    private void write(Map<Path, Optional<Path>> sources) throws IOException {
        var lines = new StringBuilder();
        sources.forEach((target, source) -> {
            var line = JsonNodeFactory.instance.objectNode();
            line.put("target", target.toString());
            line.put("source", source.map(Path::toString).orElse(null));
            lines.append(line).append('\n');
        });
        PrivateFile.write(journal, lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Map<Path, Optional<Path>> read() throws IOException {
        Map<Path, Optional<Path>> sources = new LinkedHashMap<>();
        for (String text : Files.readAllLines(journal)) {
            JsonNode line = JSON.readTree(text);
            Path target = Path.of(line.path("target").asString());
            sources.put(
                    target,
                    line.path("source").isString()
                            ? Optional.of(Path.of(line.path("source").asString()))
                            : Optional.empty());
        }
        return sources;
    }

    private void finish() throws IOException {
        if (Files.exists(journal)) {
            var moves = new ReversibleMoves(read(), beforeEachStep);
            moves.run();
            end(moves);
        }
    }

    private void end(ReversibleMoves moves) throws IOException {
        moves.end();
        beforeEachStep.run();
        Files.delete(journal);
    }

    /** After a failure of this, the journal is still there, and {@link #complete} makes all moves again. */
    private void undo(ReversibleMoves moves, Exception failed) {
        try {
            moves.undo();
            Files.delete(journal);
        } catch (IOException e) {
            failed.addSuppressed(e);
        }
    }

    /** Removes a file, or a folder with its content; nothing if it does not exist. */
    public static void remove(Path path) throws IOException {
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
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

    /**
     * Makes hard links of a file, or of the files of a folder, or copies where the file system has none; nothing if it does not exist. A file at
     * the target is removed.
     */
    public static void link(Path file, Path target) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        remove(target);
        Path real = file.toRealPath();
        List<Path> parts = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(real)) {
            walk.forEach(parts::add);
        }
        for (Path part : parts) {
            Path copy = part.equals(real) ? target : target.resolve(real.relativize(part));
            Files.createDirectories(Objects.requireNonNull(copy.getParent()));
            if (Files.isDirectory(part)) {
                Files.createDirectories(copy);
            } else {
                linkOrCopy(part, copy);
            }
        }
    }

    private static void linkOrCopy(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (UnsupportedOperationException | FileSystemException notPossible) {
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}

package dev.segue.reload;

import dev.segue.file.JointReplacement;
import dev.segue.file.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Keeps the files of the last learned generations, and of the last one that was refused, in {@code STATE_FOLDER/generations/FINGERPRINT}, with
 * a record in {@code kept.json}. A file is a hard link where the file system allows it, so that it takes no space while it is in service:
 * learning replaces files and never changes one. A generation is kept whole or not at all. Only the list may be used by several threads.
 */
final class GenerationArchive {

    private static final Logger LOG = LoggerFactory.getLogger(GenerationArchive.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String RECORD = "kept.json";
    private static final String UNFINISHED = ".";
    private static final String RESTORED = ".restored-";

    private final Path folder;
    private final int most;
    private final Path base;
    private final List<Path> files;
    private final InstantSource clock;
    private volatile List<KeptGeneration> list;

    /**
     * @param most the number of generations that are kept
     * @param base files below this folder keep their path from there
     * @param files all files and folders that a generation is loaded from
     */
    GenerationArchive(Path folder, int most, Path base, List<Path> files, InstantSource clock) {
        this.folder = folder;
        this.most = most;
        this.base = base;
        this.files = List.copyOf(files);
        this.clock = clock;
        list = read();
    }

    /** The generations that are kept, the last one first. */
    List<KeptGeneration> list() {
        return list;
    }

    boolean has(String generation) {
        return list.stream().anyMatch(kept -> kept.generation().equals(generation));
    }

    /** Where the archive has a file of a generation; the file itself if the archive does not keep it. */
    Path placeOf(String generation, Path file) {
        return files.contains(file) ? folder.resolve(generation).resolve(name(file)) : file;
    }

    /**
     * Adds a generation, or adds it anew.
     *
     * @param place where the files are now
     * @param refusal why it was refused; null if it was not
     * @throws IOException if it cannot be kept
     */
    void add(String generation, UnaryOperator<Path> place, @Nullable String refusal) throws IOException {
        Path unfinished = folder.resolve(UNFINISHED + "new-" + generation);
        JointReplacement.remove(unfinished);
        Files.createDirectories(unfinished);
        for (Path file : files) {
            JointReplacement.link(place.apply(file), unfinished.resolve(name(file)));
        }
        write(unfinished, new KeptGeneration(generation, nextNumber(), clock.millis(), refusal));
        Path target = folder.resolve(generation);
        if (Files.exists(target)) {
            Path former = folder.resolve(UNFINISHED + "former-" + generation);
            JointReplacement.remove(former);
            Files.move(target, former);
        }
        Files.move(unfinished, target);
        list = read();
    }

    private long nextNumber() {
        return 1 + list.stream().mapToLong(KeptGeneration::number).max().orElse(0);
    }

    private static void write(Path folder, KeptGeneration kept) throws IOException {
        var record = JsonNodeFactory.instance.objectNode();
        record.put("number", kept.number());
        record.put("kept_at", kept.keptAt());
        record.put("refusal", kept.refusal());
        PrivateFile.write(folder.resolve(RECORD), (record + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Makes a generation that is kept, and that serves now, the last one. */
    void renew(String generation) throws IOException {
        for (KeptGeneration kept : list) {
            if (kept.generation().equals(generation)) {
                write(folder.resolve(generation), new KeptGeneration(generation, nextNumber(), kept.keptAt(), null));
            }
        }
        list = read();
    }

    /** Deletes the oldest generations, and what is unfinished. A failure is only logged. */
    void prune() {
        try {
            List<KeptGeneration> served =
                    list.stream().filter(kept -> kept.refusal() == null).toList();
            List<KeptGeneration> refused =
                    list.stream().filter(kept -> kept.refusal() != null).toList();
            for (var old : served.subList(Math.min(most, served.size()), served.size())) {
                JointReplacement.remove(folder.resolve(old.generation()));
            }
            for (var old : refused.subList(Math.min(1, refused.size()), refused.size())) {
                JointReplacement.remove(folder.resolve(old.generation()));
            }
            for (Path path : folders()) {
                if (isUnfinished(path)) {
                    JointReplacement.remove(path);
                }
            }
        } catch (IOException e) {
            LOG.warn("old generations could not be deleted from {}", folder, e);
        }
        list = read();
    }

    /**
     * Prepares the files of a generation beside those in place.
     *
     * @return the replacement that puts them in place
     */
    Map<Path, Optional<Path>> restore(String generation) throws IOException {
        Map<Path, Optional<Path>> sources = new LinkedHashMap<>();
        for (Path file : files) {
            Path kept = placeOf(generation, file);
            if (Files.isRegularFile(kept) && Files.exists(file) && Files.isSameFile(kept, file)) {
                continue; // hard links of one file: a move of one to the other would do nothing
            }
            if (Files.exists(kept)) {
                Path restored = file.resolveSibling(RESTORED + file.getFileName());
                JointReplacement.remove(restored);
                JointReplacement.link(kept, restored);
                sources.put(file, Optional.of(restored));
            } else if (Files.exists(file)) {
                sources.put(file, Optional.empty());
            }
        }
        return sources;
    }

    /** The path of a file in a generation: that from the base, or the whole path. */
    private Path name(Path file) {
        Path from = file.startsWith(base) ? base : Objects.requireNonNull(file.getRoot());
        return from.relativize(file);
    }

    private List<KeptGeneration> read() {
        try {
            return folders().stream()
                    .filter(path -> !isUnfinished(path) && Files.exists(path.resolve(RECORD)))
                    .map(GenerationArchive::kept)
                    .sorted(Comparator.comparingLong(KeptGeneration::number).reversed())
                    .toList();
        } catch (IOException e) {
            LOG.warn("the kept generations of {} cannot be read", folder, e);
            return List.of();
        }
    }

    private List<Path> folders() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> generations = Files.list(folder)) {
            return generations.filter(Files::isDirectory).toList();
        }
    }

    private static boolean isUnfinished(Path path) {
        return path.getFileName().toString().startsWith(UNFINISHED);
    }

    private static KeptGeneration kept(Path path) {
        JsonNode record = JsonNodeFactory.instance.objectNode();
        try {
            record = JSON.readTree(Files.readAllBytes(path.resolve(RECORD)));
        } catch (IOException | JacksonException e) {
            LOG.warn("the record of the generation in {} cannot be read", path, e);
        }
        return new KeptGeneration(
                path.getFileName().toString(),
                record.path("number").asLong(0),
                record.path("kept_at").asLong(0),
                record.path("refusal").isString() ? record.path("refusal").asString() : null);
    }
}

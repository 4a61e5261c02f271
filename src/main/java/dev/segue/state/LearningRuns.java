package dev.segue.state;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The latest learnings of a server, in memory and in {@code learning.jsonl}. A line is {@code {"started":1700000000000,
 * "ended":1700000060000,"outcome":"published","generation":"1a2b3c4d","stages":[…]}}. The file {@code learning_since.jsonl} has the time
 * from which the first one is awaited, as {@code {"since":1700000000000}}. Thread-safe.
 */
public final class LearningRuns implements AutoCloseable {

    /** Number of learnings that are kept. */
    public static final int KEPT = 100;

    /** How a learning ended. */
    public enum Outcome {
        /** New files serve. */
        PUBLISHED,
        /** The new files are worse, or differ too much. */
        REFUSED,
        /** The process failed. */
        FAILED,
        /** The server stopped, or was told to. The next learning continues. */
        STOPPED;

        /** Its name in responses and files. */
        public String json() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One learning.
     *
     * @param started time in ms since 1970
     * @param ended time in ms since 1970
     * @param generation the fingerprint of the generation of the files, whether it serves or was refused; null if they were not loaded
     * @param message why they were not; null if they were
     * @param stages the rows of {@code segue learn --format json}; an empty array if there are none
     */
    public record Run(
            long started,
            long ended,
            Outcome outcome,
            @Nullable String generation,
            @Nullable String message,
            JsonNode stages) {}

    private final ArrayDeque<Run> runs = new ArrayDeque<>();
    private final StateFile file;
    private final StateFile sinceFile;
    private OptionalLong since = OptionalLong.empty();

    private LearningRuns(Path folder) {
        file = StateFile.open(folder.resolve("learning.jsonl"), line -> keep(run(line)));
        sinceFile = StateFile.open(folder.resolve("learning_since.jsonl"), this::readSince);
    }

    /**
     * Reads the learnings of a folder; there are none if the folder does not exist.
     *
     * @throws StateException if the file is unreadable
     */
    public static LearningRuns open(Path folder) {
        return new LearningRuns(folder);
    }

    private void readSince(JsonNode line) {
        if (!line.path("since").canConvertToLong()) {
            throw new IllegalArgumentException("the line is not the time of a start: it needs \"since\"");
        }
        since = OptionalLong.of(line.path("since").asLong());
    }

    private static Run run(JsonNode line) {
        JsonNode started = line.path("started");
        JsonNode ended = line.path("ended");
        if (!started.canConvertToLong() || !ended.canConvertToLong()) {
            throw new IllegalArgumentException(
                    "the line is not a learning: it needs \"started\", \"ended\" and \"outcome\"");
        }
        return new Run(
                started.asLong(),
                ended.asLong(),
                outcome(line.path("outcome").asString("")),
                line.path("generation").isString() ? line.path("generation").asString() : null,
                line.path("message").isString() ? line.path("message").asString() : null,
                line.path("stages").isArray() ? line.path("stages") : JsonNodeFactory.instance.arrayNode());
    }

    private static Outcome outcome(String json) {
        for (Outcome outcome : Outcome.values()) {
            if (outcome.json().equals(json)) {
                return outcome;
            }
        }
        throw new IllegalArgumentException("\"" + json + "\" is no outcome of a learning");
    }

    /**
     * Adds a learning: it is on the disk when this returns. Waits for the disk.
     *
     * @throws StateException if it cannot be recorded
     */
    public synchronized void add(Run run) {
        file.append(json(run));
        keep(run);
        if (runs.size() == KEPT) {
            long oldest = runs.getFirst().started();
            file.retain(line -> line.path("started").asLong() >= oldest);
        }
    }

    private synchronized void keep(Run run) {
        runs.add(run);
        if (runs.size() > KEPT) {
            runs.remove();
        }
    }

    /** A learning as its line has it. */
    public static JsonNode json(Run run) {
        var line = JsonNodeFactory.instance.objectNode();
        line.put("started", run.started());
        line.put("ended", run.ended());
        line.put("outcome", run.outcome().json());
        line.put("generation", run.generation());
        line.put("message", run.message());
        line.set("stages", run.stages());
        return line;
    }

    /** The learnings, the oldest first. */
    public synchronized List<Run> all() {
        return List.copyOf(runs);
    }

    /** The latest learning. */
    public synchronized Optional<Run> last() {
        return Optional.ofNullable(runs.peekLast());
    }

    /**
     * The time since which a first learning is awaited, in ms since 1970: that of the first call, also over a restart. Waits for
     * the disk.
     *
     * @param now the present time, in ms since 1970; the result is no later
     * @throws StateException if it cannot be recorded
     */
    public synchronized long awaitedSince(long now) {
        if (since.isEmpty()) {
            sinceFile.append(JsonNodeFactory.instance.objectNode().put("since", now));
            since = OptionalLong.of(now);
        }
        return Math.min(since.getAsLong(), now);
    }

    @Override
    public void close() {
        try {
            file.close();
        } finally {
            sinceFile.close();
        }
    }
}

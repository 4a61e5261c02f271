package dev.segue.upkeep;

import dev.segue.config.Configuration;
import dev.segue.config.LearnSettings;
import dev.segue.platform.FailureReason;
import dev.segue.platform.OutOfMemory;
import dev.segue.state.LearningRuns;
import dev.segue.state.LearningRuns.Outcome;
import dev.segue.state.LearningRuns.Run;
import dev.segue.state.StateException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Learns at intervals and on request, one learning at a time, and has the server serve the new files. The interval is counted from the
 * end of the last learning, and before the first one from the first start, also over a restart. A learning that was interrupted is continued
 * by the next one, which begins soon after a start if the server stopped it.
 */
public final class Upkeep implements AutoCloseable {

    /** Makes the new files serve. */
    @FunctionalInterface
    public interface Publication {

        /**
         * Serves the files and puts them in place.
         *
         * @param targets the files and folders that are prepared
         * @return the fingerprint of the generation that serves them
         * @throws RefusedException if the former files serve on
         * @throws InterruptedException if the server stops before
         */
        String publish(List<Path> targets) throws RefusedException, InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration CHECKS = Duration.ofSeconds(10);
    private static final int PUBLICATION_SECONDS = 10;
    private static final int RECORD_SECONDS = 1;

    private final LearnSettings settings;
    private final Learner learner;
    private final LearningRuns runs;
    private final Publication publication;
    private final InstantSource clock;
    private final long started;
    private final long awaitedSince;
    private final AtomicBoolean isRunning = new AtomicBoolean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        var named = new Thread(task, "segue-upkeep");
        named.setDaemon(true);
        return named;
    });
    private final Map<Outcome, Long> ended = new ConcurrentHashMap<>();
    private volatile boolean isStopping;

    Upkeep(LearnSettings settings, Learner learner, LearningRuns runs, Publication publication, InstantSource clock) {
        this.settings = settings;
        this.learner = learner;
        this.runs = runs;
        this.publication = publication;
        this.clock = clock;
        started = clock.millis();
        awaitedSince = settings.everyHours().isPresent() && runs.last().isEmpty() ? awaitedSince() : started;
        if (settings.everyHours().isPresent()) {
            var unused = thread.scheduleWithFixedDelay(
                    this::learnIfDue, CHECKS.toMillis(), CHECKS.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private long awaitedSince() {
        try {
            return runs.awaitedSince(started);
        } catch (StateException e) {
            LOG.warn("the interval to the first learning is counted from this start", e);
            return started;
        }
    }

    /**
     * Begins to keep a server up to date.
     *
     * @param publication serves the files
     */
    public static Upkeep of(
            Configuration configuration, LearningRuns runs, Publication publication, InstantSource clock) {
        return new Upkeep(
                configuration.learn(),
                new LearningProcess(configuration.file(), configuration.flags(), configuration.learn()),
                runs,
                publication,
                clock);
    }

    /** Begins a learning now; returns false if one is in progress. */
    public boolean begin() {
        if (!isRunning.compareAndSet(false, true)) {
            return false;
        }
        thread.execute(this::run);
        return true;
    }

    /** Whether a learning is in progress, or about to begin. */
    public boolean isRunning() {
        return isRunning.get();
    }

    /** The latest learnings. */
    public LearningRuns runs() {
        return runs;
    }

    /** The number of learnings of this process that ended so. */
    public long ended(Outcome outcome) {
        return ended.getOrDefault(outcome, 0L);
    }

    /** Time of the next learning, in ms since 1970; empty if none is planned. */
    public OptionalLong next() {
        if (settings.everyHours().isEmpty() || isStopping) {
            return OptionalLong.empty();
        }
        Optional<Run> last = runs.last();
        if (last.isPresent() && last.get().outcome() == Outcome.STOPPED) {
            return OptionalLong.of(started);
        }
        long interval = Duration.ofHours(settings.everyHours().getAsInt()).toMillis();
        return OptionalLong.of(last.map(Run::ended).orElse(awaitedSince) + interval);
    }

    /** Never throws, because a periodic task that throws is not repeated. */
    private void learnIfDue() {
        try {
            if (clock.millis() >= next().orElse(Long.MAX_VALUE) && isRunning.compareAndSet(false, true)) {
                run();
            }
        } catch (Throwable failed) {
            OutOfMemory.check(failed);
            LOG.error("a learning could not begin", failed);
        }
    }

    private void run() {
        try {
            long begin = clock.millis();
            LOG.info("learning begins");
            Run run = learn(begin);
            ended.merge(run.outcome(), 1L, Long::sum);
            runs.add(run);
            LOG.info("learning ended: {}{}", run.outcome().json(), run.message() == null ? "" : ", " + run.message());
        } catch (StateException e) {
            LOG.warn("a learning could not be recorded", e);
        } finally {
            isRunning.set(false);
        }
    }

    private Run learn(long begin) {
        try {
            Learner.Result result = learner.learn();
            if (isStopping || result.isStopped()) {
                return ended(begin, Outcome.STOPPED, null, "the server stopped");
            }
            JsonNode stages = stages(result.output());
            if (stages.isEmpty()) {
                return ended(begin, Outcome.FAILED, null, message(result));
            }
            return publish(begin, stages);
        } catch (IOException e) {
            return ended(begin, Outcome.FAILED, null, "the process could not begin: " + FailureReason.of(e));
        } catch (InterruptedException closed) { // not set again: the record could not be written then
            return ended(begin, Outcome.STOPPED, null, "the server stopped");
        }
    }

    private Run publish(long begin, JsonNode stages) throws InterruptedException {
        String refusal = null;
        List<Path> targets = new ArrayList<>();
        for (JsonNode stage : stages) {
            if (stage.path("refusal").isString()) {
                refusal = stage.path("stage").asString("") + ": "
                        + stage.path("refusal").asString();
            } else {
                stage.path("files").forEach(file -> targets.add(Path.of(file.asString())));
            }
            if (stage instanceof ObjectNode row) {
                row.remove("files"); // everyone may read the figures, but not the paths
            }
        }
        if (targets.isEmpty()) {
            return new Run(begin, clock.millis(), Outcome.REFUSED, null, refusal, stages);
        }
        try {
            String generation = publication.publish(targets);
            return new Run(begin, clock.millis(), Outcome.PUBLISHED, generation, refusal, stages);
        } catch (RefusedException refused) {
            return new Run(begin, clock.millis(), Outcome.REFUSED, refused.generation(), refused.getMessage(), stages);
        }
    }

    private Run ended(long begin, Outcome outcome, @Nullable String generation, String message) {
        return new Run(begin, clock.millis(), outcome, generation, message, JsonNodeFactory.instance.arrayNode());
    }

    private static JsonNode stages(String output) {
        try {
            JsonNode stages = JSON.readTree(output);
            return stages.isArray() ? stages : JsonNodeFactory.instance.arrayNode();
        } catch (JacksonException noRows) {
            return JsonNodeFactory.instance.arrayNode();
        }
    }

    private static String message(Learner.Result result) {
        return result.messages()
                .strip()
                .lines()
                .reduce((before, last) -> last)
                .orElse("the process ended with exit code " + result.exitCode());
    }

    /**
     * Announces {@link #close}, and returns at once: no learning is planned any more, and one whose process ends from now on counts
     * as stopped, since the signal that stops the server may also reach the process.
     */
    public void announceStop() {
        isStopping = true;
    }

    /** Stops a learning in progress, which the next start continues, or waits until its files serve, for at most 10 s. */
    @Override
    public void close() {
        announceStop();
        learner.stop();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PUBLICATION_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
                var unused = thread.awaitTermination(RECORD_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

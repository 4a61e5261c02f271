package dev.segue.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Waiting;
import dev.segue.config.LearnSettings;
import dev.segue.state.LearningRuns;
import dev.segue.state.LearningRuns.Outcome;
import dev.segue.state.LearningRuns.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

class UpkeepTest {

    private static final String IN_PLACE =
            "[{\"stage\":\"session\",\"mse\":0.1,\"refusal\":null,\"files\":[\"/models/session\"]}]";
    private static final String REFUSED =
            "[{\"stage\":\"session\",\"mse\":0.1,\"refusal\":\"it is significantly worse than the"
                    + " present model\",\"files\":[\"/models/session\"]}]";

    private static final LearnSettings DAILY = new LearnSettings(OptionalInt.of(24), 128, 2, Optional.empty());

    @TempDir
    private Path folder;

    private volatile Instant now = Instant.parse("2026-11-28T03:00:00Z");
    private final InstantSource clock = () -> now;
    private int learnings;

    /** A learner with a fixed result. */
    private Learner learner(int exitCode, String output, String messages) {
        return new Learner() {
            @Override
            public Result learn() {
                learnings++;
                return new Result(exitCode, output, messages, false);
            }

            @Override
            public void stop() {}
        };
    }

    private Upkeep upkeep(LearnSettings settings, Learner learner, Upkeep.Publication publication) {
        return new Upkeep(settings, learner, LearningRuns.open(folder), publication, clock);
    }

    private Run run(Upkeep upkeep) {
        int before = upkeep.runs().all().size();
        assertTrue(upkeep.begin());
        Waiting.until("the learning has ended", () -> !upkeep.isRunning());
        assertEquals(before + 1, upkeep.runs().all().size());
        return upkeep.runs().last().orElseThrow();
    }

    @Test
    void filesInPlaceAreReloadedAndRecorded() {
        try (var upkeep = upkeep(DAILY, learner(0, IN_PLACE, ""), targets -> "1a2b3c4d")) {
            Run run = run(upkeep);
            assertEquals(Outcome.PUBLISHED, run.outcome());
            assertEquals("1a2b3c4d", run.generation());
            assertEquals(0.1, run.stages().get(0).get("mse").asDouble());
            assertFalse(run.stages().get(0).has("files"), "everyone may read the figures, but not the paths");
        }
        try (var restarted = LearningRuns.open(folder)) {
            assertEquals("1a2b3c4d", restarted.last().orElseThrow().generation());
        }
    }

    @Test
    void aRefusedModelIsNotReloaded() {
        Upkeep.Publication never = targets -> {
            throw new AssertionError("reloaded");
        };
        try (var upkeep = upkeep(DAILY, learner(1, REFUSED, ""), never)) {
            Run run = run(upkeep);
            assertEquals(Outcome.REFUSED, run.outcome());
            assertEquals("session: it is significantly worse than the present model", run.message());
        }
    }

    @Test
    void aRefusedReloadIsRecorded() {
        Upkeep.Publication refusal = targets -> {
            throw new RefusedException("tracks are missing", "5e6f7a8b");
        };
        try (var upkeep = upkeep(DAILY, learner(0, IN_PLACE, ""), refusal)) {
            Run run = run(upkeep);
            assertEquals(Outcome.REFUSED, run.outcome());
            assertEquals("tracks are missing", run.message());
            assertEquals("5e6f7a8b", run.generation());
        }
    }

    @Test
    void theLastMessageOfAFailedProcessIsRecorded() {
        try (var upkeep =
                upkeep(DAILY, learner(1, "", "segue learn: reading\nsegue learn: there is no log\n"), targets -> "x")) {
            assertEquals("segue learn: there is no log", run(upkeep).message());
            assertEquals(Outcome.FAILED, upkeep.runs().last().orElseThrow().outcome());
        }
    }

    @Test
    void theIntervalIsCountedFromTheLastLearningOverARestart() {
        long start = now.toEpochMilli();
        long day = Duration.ofDays(1).toMillis();
        try (var upkeep = upkeep(DAILY, learner(0, IN_PLACE, ""), targets -> "x")) {
            assertEquals(OptionalLong.of(start + day), upkeep.next());
            now = now.plusSeconds(3600);
            run(upkeep);
            assertEquals(OptionalLong.of(start + 3_600_000 + day), upkeep.next());
        }
        now = now.plusSeconds(3600);
        try (var restarted = upkeep(DAILY, learner(0, IN_PLACE, ""), targets -> "x")) {
            assertEquals(OptionalLong.of(start + 3_600_000 + day), restarted.next());
        }
    }

    @Test
    void theIntervalToTheFirstLearningIsCountedFromTheFirstStart() {
        OptionalLong first = OptionalLong.of(now.plus(Duration.ofDays(1)).toEpochMilli());
        for (int start = 0; start < 3; start++) {
            try (var upkeep = upkeep(DAILY, learner(0, IN_PLACE, ""), targets -> "x")) {
                assertEquals(first, upkeep.next());
            }
            now = now.plusSeconds(3600);
        }
        now = now.minus(Duration.ofDays(30));
        try (var upkeep = upkeep(DAILY, learner(0, IN_PLACE, ""), targets -> "x")) {
            long next = now.plus(Duration.ofDays(1)).toEpochMilli();
            assertEquals(OptionalLong.of(next), upkeep.next(), "the clock was wrong at the first start");
        }
    }

    @Test
    void aFirstStartThatCannotBeRecordedIsThisOne() throws Exception {
        var runs = LearningRuns.open(folder.resolve("state"));
        Files.writeString(folder.resolve("state"), "a file, and no folder");
        try (var upkeep = new Upkeep(DAILY, learner(0, IN_PLACE, ""), runs, targets -> "x", clock)) {
            assertEquals(OptionalLong.of(now.plus(Duration.ofDays(1)).toEpochMilli()), upkeep.next());
        }
    }

    @Test
    void aLearningThatWasStoppedContinuesAfterTheStart() {
        try (var runs = LearningRuns.open(folder)) {
            runs.add(new Run(1, 2, Outcome.STOPPED, null, "the server stopped", JsonNodeFactory.instance.arrayNode()));
        }
        try (var upkeep = upkeep(DAILY, learner(0, IN_PLACE, ""), targets -> "x")) {
            assertEquals(OptionalLong.of(now.toEpochMilli()), upkeep.next());
        }
    }

    @Test
    void aProcessThatASignalToTheServerEndsIsNoFailure() {
        try (var upkeep = upkeep(DAILY, learner(1, "", "ended early"), targets -> "x")) {
            upkeep.announceStop();
            assertEquals(Outcome.STOPPED, run(upkeep).outcome());
            assertEquals(OptionalLong.empty(), upkeep.next(), "no other learning begins in the grace period");
        }
    }

    @Test
    void aPublicationThatAStopInterruptsIsStopped() throws Exception {
        var begun = new CountDownLatch(1);
        Upkeep.Publication endless = targets -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return "x";
        };
        var upkeep = upkeep(DAILY, learner(0, IN_PLACE, ""), endless);
        assertTrue(upkeep.begin());
        begun.await();
        Thread.currentThread().interrupt(); // ends the wait for the publication
        upkeep.close();
        assertTrue(Thread.interrupted());
        Waiting.until("the learning has ended", () -> !upkeep.isRunning());
        try (var runs = LearningRuns.open(folder)) {
            assertEquals(Outcome.STOPPED, runs.last().orElseThrow().outcome());
        }
    }

    @Test
    void withoutAnIntervalNothingIsLearnedUnlessRequested() {
        var onRequest = new LearnSettings(OptionalInt.empty(), 128, 2, Optional.empty());
        try (var upkeep = upkeep(onRequest, learner(0, IN_PLACE, ""), targets -> "x")) {
            assertEquals(OptionalLong.empty(), upkeep.next());
            assertEquals(Outcome.PUBLISHED, run(upkeep).outcome());
        }
    }

    @Test
    void oneLearningRunsAtATime() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        Learner slow = new Learner() {
            @Override
            public Result learn() throws InterruptedException {
                begun.countDown();
                end.await();
                return new Result(0, IN_PLACE, "", false);
            }

            @Override
            public void stop() {
                end.countDown();
            }
        };
        try (var upkeep = upkeep(DAILY, slow, targets -> "x")) {
            assertTrue(upkeep.begin());
            begun.await();
            assertFalse(upkeep.begin());
        }
        try (var runs = LearningRuns.open(folder)) {
            assertEquals(Outcome.STOPPED, runs.last().orElseThrow().outcome(), "a stop of the server ends it");
        }
    }
}

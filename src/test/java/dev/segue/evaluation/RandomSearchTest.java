package dev.segue.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.evaluation.RandomSearch.Best;
import dev.segue.random.KeyedRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomSearchTest {

    private static final RecommenderKind KIND = RecommenderKinds.byName(RecommenderKinds.all(1000), "session-knn");
    private static final Dataset DATA = new Dataset(sessions(1, 200), sessions(2, 30), sessions(3, 30));

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("trials.jsonl");
    }

    private static List<ItemSession> sessions(long seed, int count) {
        List<ItemSession> sessions = new ArrayList<>();
        var random = new KeyedRandom(seed, 0, 0, 0);
        for (int i = 0; i < count; i++) {
            int start = random.nextInt(50);
            sessions.add(new ItemSession(
                    LongStream.generate(() -> start + random.nextInt(8))
                            .limit(5)
                            .toArray(),
                    i));
        }
        return sessions;
    }

    @Test
    void writesALinePerTrialWithParametersAndMetrics() throws IOException {
        search(5, 1);
        List<Trial> trials = new TrialFile(file()).read();
        assertEquals(5, trials.size());
        Set<Map<String, Double>> parameters = new HashSet<>();
        for (Trial trial : trials) {
            assertEquals("session-knn", trial.recommender());
            assertEquals(
                    Values.of(KIND, Map.of()).all().keySet(), trial.parameters().keySet());
            assertTrue(trial.metrics().getOrDefault("mrr", 0.0) > 0);
            parameters.add(trial.parameters());
        }
        assertEquals(5, parameters.size());
        assertEquals(
                Values.of(KIND, Map.of()).all(), trials.get(0).parameters(), "the first trial has the default values");
        assertEquals(5, Files.readAllLines(file()).size());
    }

    @Test
    void theBestTrialHasTheHighestObjective() {
        Best best = search(20, 1);
        List<Trial> trials = new TrialFile(file()).read();
        double highest = trials.stream()
                .mapToDouble(trial -> trial.metrics().getOrDefault("mrr", 0.0))
                .max()
                .orElseThrow();
        assertEquals(highest, best.objective());
        assertEquals(trials.get(best.trial()).parameters(), best.values().all());
    }

    @Test
    void aResumedSearchHasTheSameResult() throws IOException {
        Best whole = search(8, 1);
        String text = Files.readString(file());
        int third = text.indexOf('\n', text.indexOf('\n') + 1) + 1;
        Files.writeString(file(), text.substring(0, third + 20)); // killed while the third line was written
        List<Integer> progress = new ArrayList<>();
        Best resumed = search(8, 1, DATA, progress);
        assertEquals(text, Files.readString(file()));
        assertEquals(whole.trial(), resumed.trial());
        assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 8), progress);
    }

    @Test
    void aLongerSearchStartsWithTheTrialsOfAShorterOne() throws IOException {
        search(3, 1);
        String shorter = Files.readString(file());
        search(6, 1);
        assertTrue(Files.readString(file()).startsWith(shorter));
        assertEquals(6, Files.readAllLines(file()).size());
    }

    @Test
    void testSessionsDoNotChangeTheSearch() throws IOException {
        search(4, 1);
        String trials = Files.readString(file());
        Files.delete(file());
        search(4, 1, new Dataset(DATA.train(), DATA.valid(), sessions(99, 3)), new ArrayList<>());
        assertEquals(trials, Files.readString(file()));
    }

    @Test
    void givenParametersAreNotSearched() {
        new RandomSearch(KIND, Map.of("k", 70.0), EvaluationOptions.DEFAULT, Objective.MEAN, 1)
                .search(KIND.learn(DATA.train()), DATA, 5, file(), done -> {});
        List<Trial> trials = new TrialFile(file()).read();
        assertTrue(trials.stream().allMatch(trial -> trial.parameters().getOrDefault("k", 0.0) == 70));
        Set<Double> searched = new HashSet<>();
        trials.forEach(trial -> searched.add(trial.parameters().getOrDefault("m", 0.0)));
        assertEquals(5, searched.size());
    }

    @Test
    void trialsOfAnotherSearchAreRejected() throws IOException {
        search(3, 1);
        assertRejected(
                ":2: the trial has other parameters than this search draws (seed 2); name another file with --out",
                () -> search(3, 2));
        Dataset other = new Dataset(sessions(5, 20), DATA.valid(), DATA.test());
        assertRejected(
                ":1: the trial was made with other sessions or options", () -> search(3, 1, other, new ArrayList<>()));
        List<String> lines = Files.readAllLines(file());
        Files.write(file(), List.of(lines.get(0), lines.get(2)));
        assertRejected(
                ":2: the trial is number 2 of session-knn, where number 1 of session-knn is expected",
                () -> search(3, 1));
        for (String line : List.of("no JSON", "{}", "null", "[1]", lines.get(0).replace("\"mrr\"", "\"mr\""))) {
            Files.writeString(file(), line + "\n");
            assertRejected(":1: the line is not a trial of a search; name another file with --out", () -> search(3, 1));
        }
    }

    @Test
    void aSearchNeedsValidationSessionsAndATrial() {
        Dataset without = new Dataset(DATA.train(), List.of(), DATA.test());
        var failure = assertThrows(EvaluationException.class, () -> search(3, 1, without, new ArrayList<>()));
        assertEquals(
                "a search needs validation sessions of two items, and the data set has none; add a file valid next to train and test",
                failure.getMessage());
        assertThrows(EvaluationException.class, () -> search(0, 1));
        assertFalse(Files.exists(file()));
    }

    @Test
    void writeErrorsNameTheFile() {
        Path nowhere = folder.resolve("nowhere").resolve("trials.jsonl");
        var search = new RandomSearch(KIND, Map.of(), EvaluationOptions.DEFAULT, Objective.MRR, 1);
        var failure = assertThrows(
                EvaluationException.class, () -> search.search(KIND.learn(DATA.train()), DATA, 1, nowhere, done -> {}));
        assertTrue(
                String.valueOf(failure.getMessage()).startsWith("cannot write " + nowhere + " ("),
                failure.getMessage());
    }

    private void assertRejected(String message, Runnable search) {
        var failure = assertThrows(EvaluationException.class, search::run);
        assertTrue(String.valueOf(failure.getMessage()).startsWith(file() + message), failure.getMessage());
    }

    private Best search(int trials, long seed) {
        return search(trials, seed, DATA, new ArrayList<>());
    }

    private Best search(int trials, long seed, Dataset data, List<Integer> progress) {
        return new RandomSearch(KIND, Map.of(), EvaluationOptions.DEFAULT, Objective.MRR, seed)
                .search(KIND.learn(data.train()), data, trials, file(), progress::add);
    }
}

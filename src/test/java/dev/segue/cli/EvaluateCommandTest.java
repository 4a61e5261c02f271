package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class EvaluateCommandTest {

    private static final String DATA = data();

    private final CommandRun run = new CommandRun();

    @TempDir
    private Path folder;

    private static String data() {
        try {
            return Path.of(Objects.requireNonNull(
                                    EvaluateCommandTest.class.getResource("/dev/segue/evaluation/hand-computed"))
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void textShowsTheFiguresWithTheirIntervals() {
        assertEquals(0, evaluate("--recommender", "popularity", "--count", "2"));
        String text = run.output.toString();
        assertTrue(
                text.startsWith("popularity, learned from 3 sessions; 4 predictions of 2 items in 2 test sessions\n"),
                text);
        for (String line : List.of(
                "hit_rate@2     0.7500 [0.0000, 1.0000]",
                "mrr@2          0.6250 [",
                "ndcg@2         0.8750 [",
                "precision@2    0.6250 [",
                "recall@2       0.8750 [",
                "popularity     0.7917 [",
                "repeats        0.1250 [",
                "coverage       0.7500\n",
                "latency        p50 ",
                "test sessions of one item, without predictions: 1\n",
                "plays of items that are in no training session: 1\n")) {
            assertTrue(text.contains("\n" + line), text);
        }
        assertEquals("", run.errors.toString());
    }

    @Test
    void jsonHasTheSameFigures() {
        assertEquals(0, evaluate("--recommender", "popularity", "--count", "2", "--format", "json"));
        JsonNode figures = run.json();
        assertEquals("popularity", figures.get("recommender").asString());
        assertEquals(4, figures.get("predictions").asInt());
        assertEquals(0.625, figures.get("mrr").get("value").asDouble());
        assertEquals(0, figures.get("mrr").get("lower").asDouble());
        assertEquals(0.75, figures.get("coverage").asDouble());
        assertEquals(1, figures.get("short_sessions").asInt());
        assertEquals(1, figures.get("unknown_items").asInt());
        assertFalse(figures.get("current_allowed").asBoolean());
        assertTrue(figures.get("latency_p90_us").asDouble() > 0);
    }

    @Test
    void everyRecommenderIsEvaluatedByItsName() {
        for (String name : List.of("session-knn", "co-occurrence", "popularity")) {
            assertEquals(0, evaluate("--recommender", name, "--current-allowed"), name);
        }
    }

    @Test
    void parametersAreSetByName() {
        assertEquals(
                0, evaluate("--recommender", "session-knn", "--set", "k=7", "--set", "seen=0", "--format", "json"));
        assertEquals(7, run.json().get("parameters").get("k").asDouble());
        assertEquals(0, run.json().get("repeats").get("value").asDouble(), "seen items are not predicted");
    }

    @Test
    void searchMeasuresTheBestTrialOnTheTestSessions() throws IOException {
        Path out = folder.resolve("trials.jsonl");
        List<String> search = List.of("--recommender", "session-knn", "--search", "4", "--out", out.toString());
        assertEquals(0, evaluate(search.toArray(String[]::new)));
        assertTrue(
                run.output.toString().contains(" of 4 was the best on 2 validation sessions: mean 0."),
                run.output.toString());
        assertEquals(4, Files.readAllLines(out).size());
        var again = new CommandRun();
        assertEquals(0, again.of(arguments(), search.toArray(String[]::new)));
        assertEquals(4, Files.readAllLines(out).size());
        var json = new CommandRun();
        json.of(
                arguments(),
                "--recommender",
                "session-knn",
                "--search",
                "5",
                "--out",
                out.toString(),
                "--objective",
                "ndcg",
                "--format",
                "json");
        assertEquals(5, json.json().get("search").get("trials").asInt());
        assertEquals("ndcg", json.json().get("search").get("objective").asString());
    }

    @Test
    void indexThatIsTooSmallWarnsOnStandardError() {
        assertEquals(0, evaluate("--recommender", "session-knn", "--index-sessions", "2"));
        assertEquals(
                "the index has only the newest 2 of 3 training sessions; raise --index-sessions to use all\n",
                run.errors.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--recommender knn | 2 | there is no recommender knn; the recommenders are session-knn, co-occurrence, popularity",
                "--recommender session-knn --set kk=1 | 2 | the recommender session-knn has no parameter kk; it has k, m,",
                "--recommender session-knn --set k=many | 2 | 'many' is not a double",
                "--recommender session-knn --set k=0 | 1 | neighbours must be from 1 to 1000000, and is 0",
                "--recommender session-knn --index-sessions 0 | 2 | the limits of an index must be at least 1",
                "--recommender session-knn --search 5 | 2 | --search needs --out FILE for its trials, and --out needs --search",
                "--recommender session-knn --out x | 2 | --search needs --out FILE for its trials, and --out needs --search",
                "--recommender popularity --format csv | 2 | --format is TEXT or JSON",
                "--recommender popularity --count 0 | 1 | the number of predicted items must be from 1 to 1000, and is 0",
                "--recommender popularity --dataset nowhere | 2 | option '--dataset' (PATH) should be specified only once",
            })
    void wrongArgumentsAreReportedInOneLine(String arguments, int exitCode, String message) {
        assertEquals(exitCode, evaluate(arguments.split(" ")));
        run.assertOneLineOfError(message);
    }

    @Test
    void invalidDataIsReportedWithPlaceAndRemedy() throws IOException {
        Path file = Files.writeString(folder.resolve("train.csv"), "SessionId,Item,Time\n1,2,3\n");
        assertEquals(1, run.of(List.of("evaluate", "--recommender", "popularity", "--dataset", file.toString())));
        run.assertOneLineOfError(file + ":1: the header has no column ItemId (it has SessionId, Item, Time); rename");
    }

    private static List<String> arguments() {
        return List.of("evaluate", "--dataset", DATA);
    }

    private int evaluate(String... arguments) {
        return run.of(arguments(), arguments);
    }
}

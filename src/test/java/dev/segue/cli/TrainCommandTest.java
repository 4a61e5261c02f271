package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TrainCommandTest {

    @TempDir
    private static Path world;

    @TempDir
    private Path directory;

    private final CommandRun run = new CommandRun();

    @BeforeAll
    static void logSessions() {
        CommandRun.makeWorld(world, 300, 30);
        String[] arguments = {"--policy", "random", "--sessions", "3000", "--log", log()};
        assertEquals(0, new CommandRun().of(List.of("simulate", "--world", world.toString()), arguments));
    }

    private static String log() {
        return world.resolve("log.json.gz").toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"contextual", "new"})
    void aTrainedModelIsBetterThanTheMean(String model) throws IOException {
        assertEquals(
                0, train(model, "--epochs", "30", "--learning-rate", "0.01", "--format", "json"), run.errors::toString);
        JsonNode figures = run.json();
        assertTrue(figures.get("mse").doubleValue() < figures.get("mean_mse").doubleValue(), figures.toString());
        assertTrue(figures.get("mean_mse").doubleValue()
                < figures.get("random_mse").doubleValue());
        assertTrue(figures.get("better_than_mean").booleanValue(), figures.toString());
        assertTrue(figures.get("mean_gain_lower").doubleValue() > 0, figures.toString());
        assertEquals(
                figures.get("mean_mse").doubleValue() - figures.get("mse").doubleValue(),
                figures.get("mean_gain").doubleValue(),
                1e-9);
        assertTrue(run.errors
                .toString()
                .contains(" rows of 30 listeners from 3,000 sessions (0 without \"last\", 0 open)"));
        assertTrue(run.errors.toString().contains("epoch   1: loss"), "without a terminal, a line for each epoch");
        assertTrue(Files.exists(directory.resolve("model/model.json")));
        assertEquals(
                900, ImageIO.read(directory.resolve("model/loss.png").toFile()).getWidth());
    }

    @Test
    void textComparesWithTheMeanEachTracksMeanAndRandom() {
        assertEquals(0, train("contextual", "--epochs", "1", "--accept"), run.errors::toString);
        List<String> lines = run.output.toString().lines().toList();
        assertTrue(lines.get(0).matches("on \\d+ test rows +MSE +RMSE"), lines.get(0));
        assertTrue(lines.get(1).startsWith("contextual "), lines.get(1));
        assertTrue(lines.get(2).startsWith("always the mean "), lines.get(2));
        assertTrue(lines.get(3).startsWith("each track's mean "), lines.get(3));
        assertTrue(lines.get(4).startsWith("random "), lines.get(4));
        assertTrue(lines.get(5).matches("contextual is (not )?better than always the mean: gain .*"), lines.get(5));
        assertTrue(lines.get(6).matches("contextual is (not )?better than each track's mean: gain .*"), lines.get(6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"contextual", "new"})
    void aModelOfRandomPlaybacksIsMarkedAndRefused(String model) throws IOException {
        Path noise = randomPlaybacks();
        assertEquals(1, trainOn(noise, model), run.errors::toString);
        String text = run.errors.toString();
        assertTrue(
                text.contains(model + " in " + out() + " is not better than always predicting the mean: gain "), text);
        assertTrue(run.output.toString().contains(" over 40 listeners\n"), run.output.toString());
        var neighbours = new CommandRun();
        assertEquals(1, neighbours.of(neighbours()));
        neighbours.assertOneLineOfError("the model in " + out() + " is not better than always predicting the mean: ");

        assertEquals(0, trainOn(noise, model, "--restart", "--accept"), "accepted");
        assertEquals(0, new CommandRun().of(neighbours(), "--accept"));
    }

    private int trainOn(Path log, String model, String... arguments) {
        return run.of(
                List.of("train", "--catalog", catalog(), "--log", "" + log, "--model", model, "--out", out()),
                arguments);
    }

    private List<String> neighbours() {
        return List.of(
                "neighbours", "--model", out(), "--catalog", catalog(), "--out", "" + directory.resolve("n.json"));
    }

    /** 2,000 sessions of 40 listeners with random tracks and times, in Botify's format. */
    private Path randomPlaybacks() throws IOException {
        var random = new Random(3);
        var lines = new StringBuilder();
        for (int play = 0; play < 10_000; play++) {
            int session = play / 5;
            lines.append(play(1_000L * play, session % 40, random.nextInt(300), random.nextDouble(), play % 5 == 4));
        }
        return Files.writeString(directory.resolve("noise.json"), lines);
    }

    private static String play(long timestamp, int listener, int track, double time, boolean last) {
        return String.format(
                Locale.ROOT,
                "{\"message\":\"%s\",\"timestamp\":%d,\"user\":%d,\"track\":%d,\"time\":%s,\"latency\":0%s}%n",
                last ? "last" : "next",
                timestamp,
                listener,
                track,
                time,
                last ? "" : ",\"recommendation\":5");
    }

    @Test
    void aLogWithoutEndsOfSessionsHasAWarning() throws IOException {
        var lines = new StringBuilder();
        for (int play = 0; play < 3_000; play++) {
            lines.append(play(60_000L * play, play % 2, play % 300, 0.5, false));
        }
        Path log = Files.writeString(directory.resolve("endless.json"), lines);
        assertEquals(1, trainOn(log, "new"));
        String text = run.errors.toString();
        assertTrue(
                text.contains(
                        "warning: 2 sessions are longer than a day or have more than 1,000 tracks. The longest is that"
                                + " of listener 0, with 1,500 events in 50.0 hours. Its events have no \"session\" number, and no"
                                + " \"last\" event ends it earlier: log "),
                text);
    }

    @Test
    void aPictureThatCannotBeWrittenIsAWarningAndTheModelIsKept() throws IOException {
        Path picture = Files.createDirectories(directory.resolve("model/loss.png"));
        train("contextual", "--epochs", "1");
        assertTrue(Files.exists(directory.resolve("model/model.json")), run.errors::toString);
        String warning = "segue train: warning: cannot write " + picture + " (a folder, not a file: ";
        assertTrue(run.errors.toString().contains(warning), run.errors::toString);
    }

    @Test
    void restartDeletesTheModel() {
        assertEquals(0, train("contextual", "--epochs", "1", "--accept"));
        assertEquals(1, train("contextual", "--epochs", "1", "--accept"));
        assertTrue(run.errors.toString().contains("holds a model already; name another folder, or --restart"));
        assertEquals(0, train("contextual", "--epochs", "1", "--accept", "--restart"));
    }

    @Test
    void helpExplainsEveryOptionWithItsDefault() {
        assertEquals(0, run.of(List.of("train", "--help")));
        for (String line : List.of("--dimensions=N", "Default: 100", "--patience=N", "Default: 5", "Default: LAZY")) {
            assertTrue(run.output.toString().contains(line), line);
        }
    }

    @Test
    void aLogWithoutSessionsIsReported() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.json"), "");
        assertEquals(
                1,
                run.of(List.of(
                        "train", "--catalog", catalog(), "--model", "new", "--out", out(), "--log", "" + empty)));
        assertTrue(run.errors.toString().contains("the log has 0 sessions with recommendations, too few"));
        assertFalse(Files.exists(directory.resolve("model")));
    }

    @Test
    void aLogOfAnotherCatalogIsReported() throws IOException {
        Path small = Files.writeString(directory.resolve("small.json"), "{\"track\":0}\n{\"track\":1}\n");
        assertEquals(
                1, run.of(List.of("train", "--catalog", "" + small, "--model", "new", "--out", out(), "--log", log())));
        run.assertOneLineOfError("but the catalog has ids 0 to 1; use the catalog that was served");
    }

    @ParameterizedTest
    @CsvSource({
        "--dimensions, 0, dimensions must be 1 to 4096",
        "--learning-rate, -1, the learning rate must be above 0",
        "--batch, 0, a batch must have",
        "--epochs, 0, at least one epoch",
        "--weight-decay, 1, the weight decay must be",
        "--patience, 0, patience and plateau must be"
    })
    void wrongSettingsAreReportedInOneLine(String option, String value, String message) {
        assertEquals(1, train("new", option, value));
        run.assertOneLineOfError(message);
    }

    @Test
    void aTrainedSessionModelIsServed() throws IOException {
        assertEquals(0, train("session", "--dimensions", "4", "--format", "json"), run.errors::toString);
        JsonNode figures = run.json();
        assertEquals("session", figures.get("model").asString());
        assertTrue(figures.get("better_than_mean").booleanValue(), figures.toString());
        assertTrue(run.errors.toString().contains("stage 4 of 4: 12 sweeps"), run.errors::toString);
        Path served = world.resolve("models/session");
        Files.createDirectories(served.getParent());
        Files.move(directory.resolve("model"), served);
        var simulated = new CommandRun();
        assertEquals(
                0,
                simulated.of(
                        List.of("simulate", "--world", world.toString(), "--policy", "random,session"),
                        "--sessions",
                        "200",
                        "--format",
                        "json"),
                simulated.errors::toString);
        assertTrue(simulated.json().get(1).get("mean_time_per_session").doubleValue()
                > simulated.json().get(0).get("mean_time_per_session").doubleValue());
    }

    @Test
    void aSessionModelOfRandomPlaybacksIsMarked() throws IOException {
        Path noise = randomPlaybacks();
        assertEquals(1, trainOn(noise, "session", "--dimensions", "2"), run.errors::toString);
        String message = "session in " + out() + " is not better than always predicting the mean: gain ";
        assertTrue(run.errors.toString().contains(message), run.errors::toString);
        assertEquals(0, trainOn(noise, "session", "--dimensions", "2", "--restart", "--accept"));
    }

    @ParameterizedTest
    @CsvSource({
        "--epochs, 3, --epochs is for the models contextual and new; leave it out",
        "--learning-rate, 0.1, --learning-rate is for the models contextual and new; leave it out",
        "--dimensions, 65, 'a session model has 1 to 64 dimensions, not 65'"
    })
    void optionsOfOtherModelsAreRefusedForASessionModel(String option, String value, String message) {
        assertTrue(train("session", option, value) > 0);
        assertTrue(run.errors.toString().contains(message), run.errors::toString);
    }

    @Test
    void aSessionModelHasNoNeighbours() {
        assertEquals(0, train("session", "--dimensions", "2"), run.errors::toString);
        var neighbours = new CommandRun();
        assertEquals(1, neighbours.of(neighbours()));
        neighbours.assertOneLineOfError(
                "holds a session model, which does not have neighbours or lists; use a model of segue");
    }

    private int train(String model, String... arguments) {
        return trainOn(Path.of(log()), model, arguments);
    }

    private static String catalog() {
        return world.resolve("tracks.json").toString();
    }

    private String out() {
        return directory.resolve("model").toString();
    }
}

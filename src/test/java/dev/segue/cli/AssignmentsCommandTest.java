package dev.segue.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.experiment.Experiment;
import dev.segue.id.ListenerId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssignmentsCommandTest {

    private static final Path REAL_LOGS = Path.of("../shared/data/botify-logs-2025");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();

    @Test
    void rowsThatAgreeAreCounted() throws IOException {
        Path log = Files.writeString(folder.resolve("log.json"), row(9637, "T1") + row(301, "C"));
        assertEquals(0, run(log));
        assertTrue(out.toString().startsWith("2 of 2 rows agree (PERSONALIZED)"), out.toString());
    }

    @Test
    void rowThatDisagreesFails() throws IOException {
        Path log = Files.writeString(folder.resolve("log.json"), row(9637, "C") + row(301, "C"));
        assertEquals(1, run(log));
        assertTrue(out.toString().startsWith("1 of 2 rows agree"), out.toString());
    }

    @Test
    void forcedArmsAreNotCompared() throws IOException {
        String forced = row(9637, "C").replace("}}", "}, \"forced\": [\"PERSONALIZED\"]}");
        Path log = Files.writeString(folder.resolve("log.json"), forced + row(301, "C"));
        assertEquals(0, run(log));
        assertTrue(out.toString().startsWith("1 of 1 rows agree"), out.toString());
    }

    @Test
    void listenersInTwoArmsAreLeftOutAndCounted() throws IOException {
        String flips = row(9637, "T1") + row(301, "C") + row(9637, "C") + row(302, "T1") + row(302, "C");
        Path log = Files.writeString(folder.resolve("log.json"), flips);
        assertEquals(1, run(log));
        assertEquals(
                "1 of 1 rows agree (PERSONALIZED); 2 listeners in two arms, left out" + System.lineSeparator(),
                out.toString());
    }

    @Test
    void standardInputIsReadOnceToItsEnd() {
        InputStream standardInput = System.in;
        String rows = row(9637, "T1") + row(301, "C") + row(9637, "T1") + row(302, "T1") + row(302, "C");
        System.setIn(new ByteArrayInputStream(rows.getBytes(UTF_8)));
        try {
            assertEquals(1, run(Path.of("-")));
        } finally {
            System.setIn(standardInput);
        }
        assertEquals(
                "3 of 3 rows agree (PERSONALIZED); 1 listeners in two arms, left out" + System.lineSeparator(),
                out.toString());
    }

    @Test
    void armsWithOtherNamesAreReportedWithTheRemedy() throws IOException {
        Path log = Files.writeString(folder.resolve("log.json"), row(9637, "T1") + row(301, "control"));
        assertEquals(1, run(log));
        assertTrue(
                out.toString().contains("the logs have the arms control: rename them to C, T1, T2, ..."),
                out::toString);
    }

    @Test
    void experimentsMayHaveDifferentNumbersOfArms() throws IOException {
        var three = Experiment.ofWeights("THREE", List.of(1, 1, 1));
        var weighted = Experiment.ofWeights("WEIGHTED", List.of(3, 1));
        var rows = new StringBuilder();
        for (int user = 0; user < 100; user++) {
            String arms = "\"THREE\": \"" + arm(three, user) + "\", \"WEIGHTED\": \"" + arm(weighted, user);
            rows.append(row(user, "X").replace("\"PERSONALIZED\": \"X", arms));
        }
        Path log = Files.writeString(folder.resolve("log.json"), rows);
        assertEquals(1, run(log), "equal weights are assumed");
        assertEquals(0, run(List.of("--experiment", "THREE"), log));
        assertEquals(0, run(List.of("--experiment", "WEIGHTED", "--weights", "3,1"), log));
        assertTrue(
                out.toString().endsWith("100 of 100 rows agree (WEIGHTED)" + System.lineSeparator()), out.toString());
    }

    private static String arm(Experiment experiment, long user) {
        return Objects.requireNonNull(experiment.assign(ListenerId.of(user))).name();
    }

    @Test
    void all173859RowsOfARealExperimentAgree() throws IOException {
        assumeTrue(Files.isDirectory(REAL_LOGS), "no " + REAL_LOGS);
        try (Stream<Path> logs = Files.list(REAL_LOGS)) {
            assertEquals(0, run(logs.toArray(Path[]::new)));
        }
        assertTrue(out.toString().startsWith("173,859 of 173,859 rows agree"), out.toString());
    }

    private int run(Path... logs) {
        return run(List.of(), logs);
    }

    private int run(List<String> options, Path... logs) {
        List<String> arguments = new ArrayList<>(List.of("assignments"));
        arguments.addAll(options);
        Stream.of(logs).map(Path::toString).forEach(arguments::add);
        return Segue.commandLine().setOut(new PrintWriter(out)).execute(arguments.toArray(String[]::new));
    }

    private static String row(long user, String arm) {
        return String.format(Locale.ROOT, """
                {"message": "next", "timestamp": 1, "user": %d, "track": 1, "time": 0.5, "latency": 0.001, \
                "recommendation": 2, "experiments": {"PERSONALIZED": "%s"}}
                """, user, arm);
    }
}

package dev.segue.event;

import static dev.segue.event.TestEvents.drain;
import static dev.segue.event.TestEvents.event;
import static dev.segue.event.TestEvents.sequences;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.play.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EventLogKillTest {

    private static final int MAX_BYTES = 200_000;

    @TempDir
    private Path folder;

    @Test
    void acknowledgedEventsSurviveKillMinusNine() throws Exception {
        Path file = folder.resolve("data.json");
        int acknowledged = killAfter(20_000, file, () -> {});

        EventLog.open(EventLogOptions.of(file)).close(); // what a restart does; it cuts off a torn line
        List<Event> events = new ArrayList<>();
        List<Path> files = EventLogFiles.list(file);
        for (Path path : files) {
            try (EventReader reader = EventReader.open(path)) {
                events.addAll(drain(reader));
                assertEquals(0, reader.tornLines());
            }
        }
        assertTrue(files.size() > 5, "it was rotating");
        assertTrue(events.size() >= acknowledged, events.size() + " events of " + acknowledged + " acknowledged");
        assertEquals(IntStream.rangeClosed(1, events.size()).boxed().toList(), sequences(events));
    }

    @Test
    void acknowledgedEventsSurviveKillMinusNineThoughTheFileWasMovedAwayAgainAndAgain() throws Exception {
        Path file = folder.resolve("data.json");
        Path elsewhere = Files.createTempDirectory(folder, "elsewhere");
        int[] moves = {0};
        int acknowledged = killAfter(20_000, file, () -> {
            try {
                Files.move(file, elsewhere.resolve("moved-" + moves[0]));
                moves[0]++;
            } catch (IOException betweenTwoFiles) {
                // it is moved after the next event
            }
        });

        EventLog.open(EventLogOptions.of(file)).close();
        TreeSet<Integer> sequences = new TreeSet<>();
        List<Path> files = new ArrayList<>(EventLogFiles.list(file));
        for (int i = 0; i < moves[0]; i++) {
            files.add(elsewhere.resolve("moved-" + i));
        }
        for (Path path : files) {
            try (EventReader reader = EventReader.open(path)) {
                sequences.addAll(sequences(drain(reader)));
            }
        }
        assertTrue(moves[0] > 5, moves[0] + " moves");
        assertTrue(sequences.last() >= acknowledged, sequences.last() + " of " + acknowledged + " acknowledged");
        assertEquals(IntStream.rangeClosed(1, sequences.last()).boxed().toList(), List.copyOf(sequences));
    }

    /** Starts a server, kills it after so many acknowledgements, and returns the last event that it acknowledged. */
    private static int killAfter(int acknowledgements, Path file, Runnable everyThousand) throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Appender.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int acknowledged = 0;
        try (BufferedReader answers = server.inputReader()) {
            for (int i = 0; i < acknowledgements; i++) {
                if (i % 1000 == 999) {
                    everyThousand.run();
                }
                String answer = answers.readLine();
                assertNotNull(answer, "the server died by itself");
                acknowledged = Integer.parseInt(answer);
            }
            server.toHandle().destroyForcibly(); // Process.destroyForcibly would close the pipe as well
            for (String answer = answers.readLine(); answer != null && !answer.isEmpty(); answer = answers.readLine()) {
                acknowledged = Math.max(acknowledged, Integer.parseInt(answer)); // the pipe may cut the last one short
            }
        }
        server.waitFor();
        return acknowledged;
    }

    /** A server that never stops appending and says what is acknowledged. */
    static final class Appender {

        private Appender() {}

        public static void main(String[] arguments) throws InterruptedException {
            EventLog log =
                    EventLog.open(EventLogOptions.of(Path.of(arguments[0])).withRotation(MAX_BYTES, null));
            StringBuilder answers = new StringBuilder();
            log.afterBatch(() -> {
                System.out.print(answers);
                System.out.flush();
                answers.setLength(0);
            });
            for (int i = 1; ; i++) {
                long position = log.append(event(1, i));
                log.whenWritten(position, new Acknowledgement() {
                    @Override
                    public void done() {
                        synchronized (answers) {
                            answers.append(position).append('\n');
                        }
                    }

                    @Override
                    public void timedOut() {}
                });
                while (log.backlogBytes() > 10_000) {
                    Thread.onSpinWait();
                }
            }
        }
    }
}

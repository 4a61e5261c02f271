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

        EventLog.open(EventLogOptions.of(file)).close(); // like a restart: removes a torn line
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
    void acknowledgedEventsSurviveKillMinusNineWithRepeatedMoves() throws Exception {
        Path file = folder.resolve("data.json");
        Path elsewhere = Files.createTempDirectory(folder, "elsewhere");
        int[] moves = {0};
        int acknowledged = killAfter(20_000, file, () -> {
            try {
                Files.move(file, elsewhere.resolve("moved-" + moves[0]));
                moves[0]++;
            } catch (IOException betweenTwoFiles) {
                // it is moved after a later event
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

    /** Starts a server, kills it after a number of acknowledgements, and returns the last acknowledged event. */
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
        try (BufferedReader output = server.inputReader()) {
            for (int i = 0; i < acknowledgements; i++) {
                if (i % 1000 == 999) {
                    everyThousand.run();
                }
                String line = output.readLine();
                assertNotNull(line, "the server exited by itself");
                acknowledged = Integer.parseInt(line);
            }
            server.toHandle().destroyForcibly(); // Process.destroyForcibly would close the pipe as well
            for (String line = output.readLine(); line != null && !line.isEmpty(); line = output.readLine()) {
                acknowledged = Math.max(acknowledged, Integer.parseInt(line)); // the last line may be incomplete
            }
        }
        server.waitFor();
        return acknowledged;
    }

    /** A server that appends events forever and prints the acknowledged positions. */
    static final class Appender {

        private Appender() {}

        public static void main(String[] arguments) throws InterruptedException {
            EventLog log =
                    EventLog.open(EventLogOptions.of(Path.of(arguments[0])).withRotation(MAX_BYTES, null));
            StringBuilder output = new StringBuilder();
            log.afterBatch(() -> {
                System.out.print(output);
                System.out.flush();
                output.setLength(0);
            });
            for (int i = 1; ; i++) {
                long position = log.append(event(1, i));
                log.whenWritten(position, new Acknowledgement() {
                    @Override
                    public void done() {
                        synchronized (output) {
                            output.append(position).append('\n');
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

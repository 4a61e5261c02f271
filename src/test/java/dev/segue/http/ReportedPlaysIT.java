package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.adapter.PlayNames;
import dev.segue.play.Event;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the server while clients of ListenBrainz report plays. */
class ReportedPlaysIT {

    private static final String TOKENS = "adapters.listenbrainz_tokens={\"0\":\"token-0\",\"1\":\"token-1\"}";
    private static final int LISTENS = 50;
    private static final int SUBMISSIONS_BEFORE_THE_KILL = 40;

    @TempDir
    Path folder;

    @Test
    void acknowledgedPlaysSurviveSigkillAndRepeatedOnesCountOnce() throws Exception {
        TestServer files = TestServer.in(folder);
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        var enough = new CountDownLatch(SUBMISSIONS_BEFORE_THE_KILL);
        try (SegueJar jar = SegueJar.serve(folder.resolve("config.json"), TOKENS)) {
            Thread[] clients = new Thread[2];
            for (int client = 0; client < clients.length; client++) {
                int listener = client;
                clients[client] = new Thread(() -> submitUntilKilled(jar, listener, acknowledged, enough));
                clients[client].start();
            }
            assertTrue(enough.await(600, TimeUnit.SECONDS));
            jar.kill();
            for (Thread client : clients) {
                client.join();
            }
        }
        Set<String> logged = plays(files);
        assertTrue(logged.containsAll(acknowledged), "acknowledged plays are in the log");

        try (SegueJar again = SegueJar.serve(folder.resolve("config.json"), TOKENS)) {
            for (int listener = 0; listener < 2; listener++) {
                for (int submission = 0; submission < SUBMISSIONS_BEFORE_THE_KILL; submission++) {
                    assertEquals(200, submit(again, HttpClient.newHttpClient(), listener, submission));
                }
            }
            again.stop();
        }
        assertTrue(plays(files).size() >= 2 * LISTENS * SUBMISSIONS_BEFORE_THE_KILL);
    }

    /** The plays in the log by listener and request id; fails if one occurs twice. */
    private static Set<String> plays(TestServer files) {
        Set<String> plays = new HashSet<>();
        for (Event event : files.events()) {
            if (event.playback() != null) {
                assertTrue(plays.add(event.listener() + " " + event.requestId()), "each play once: " + event);
            }
        }
        return plays;
    }

    private static void submitUntilKilled(SegueJar jar, int listener, Set<String> acknowledged, CountDownLatch enough) {
        HttpClient http = HttpClient.newHttpClient();
        for (int submission = 0; ; submission++) {
            try {
                assertEquals(200, submit(jar, http, listener, submission));
            } catch (IOException | InterruptedException killed) {
                return;
            }
            for (int i = 0; i < LISTENS; i++) {
                acknowledged.add(listener + " " + requestId(submission, i));
            }
            enough.countDown();
        }
    }

    private static long listenedAt(int submission, int i) {
        return 1_600_000_000L + 200L * (LISTENS * submission + i);
    }

    private static String requestId(int submission, int i) {
        return "play:"
                + PlayNames.of(1000 * listenedAt(submission, i), (i % 2 == 0 ? "Even" : "Odd") + "\nTitle " + i % 6);
    }

    private static int submit(SegueJar jar, HttpClient http, int listener, int submission)
            throws IOException, InterruptedException {
        String listens = IntStream.range(0, LISTENS)
                .mapToObj(i -> "{\"listened_at\":" + listenedAt(submission, i)
                        + ",\"track_metadata\":{\"artist_name\":\"" + (i % 2 == 0 ? "Even" : "Odd")
                        + "\",\"track_name\":\"Title " + i % 6 + "\"}}")
                .collect(Collectors.joining(","));
        HttpRequest request = HttpRequest.newBuilder(jar.uri().resolve("/listenbrainz/1/submit-listens"))
                .header("Authorization", "Token token-" + listener)
                .POST(BodyPublishers.ofString("{\"listen_type\":\"import\",\"payload\":[" + listens + "]}"))
                .build();
        return http.send(request, BodyHandlers.ofString()).statusCode();
    }
}

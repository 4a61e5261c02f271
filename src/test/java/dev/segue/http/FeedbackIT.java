package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the server while listeners ban tracks. */
class FeedbackIT {

    private static final int CLIENTS = 4;
    private static final int BANS_BEFORE_THE_KILL = 200;
    private static final int BANNED = 2;

    @TempDir
    Path folder;

    @Test
    void acknowledgedBansSurviveSigkill() throws Exception {
        TestServer.in(folder);
        Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
        var enough = new CountDownLatch(BANS_BEFORE_THE_KILL);
        try (SegueJar jar = SegueJar.serve(folder.resolve("config.json"))) {
            Thread[] clients = new Thread[CLIENTS];
            for (int client = 0; client < CLIENTS; client++) {
                int first = client;
                clients[client] = new Thread(() -> banUntilKilled(jar, first, acknowledged, enough));
                clients[client].start();
            }
            assertTrue(enough.await(600, TimeUnit.SECONDS));
            jar.kill();
            for (Thread client : clients) {
                client.join();
            }
        }
        HttpClient http = HttpClient.newHttpClient();
        try (SegueJar again = SegueJar.serve(folder.resolve("config.json"))) {
            for (int user : acknowledged) {
                String path = "/next_track?user=" + user + "&track=0&time=1&count=6&dry_run=true";
                HttpResponse<String> response = http.send(
                        HttpRequest.newBuilder(again.uri().resolve(path)).build(), BodyHandlers.ofString());
                assertEquals(200, response.statusCode());
                TestServer.json(response)
                        .get("tracks")
                        .forEach(track -> assertTrue(track.asInt() != BANNED, "listener " + user));
            }
        }
    }

    private static void banUntilKilled(SegueJar jar, int first, Set<Integer> acknowledged, CountDownLatch enough) {
        HttpClient http = HttpClient.newHttpClient();
        for (int user = first; ; user += CLIENTS) {
            try {
                assertEquals(200, ban(jar, http, user));
            } catch (IOException | InterruptedException killed) {
                return;
            }
            acknowledged.add(user);
            enough.countDown();
        }
    }

    private static int ban(SegueJar jar, HttpClient http, int user) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(jar.uri().resolve("/feedback"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"user\":" + user + ",\"track\":" + BANNED + ",\"feedback\":\"ban\"}"))
                .build();
        return http.send(request, BodyHandlers.ofString()).statusCode();
    }
}

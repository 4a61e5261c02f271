package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Waiting;
import dev.segue.upkeep.Upkeep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopDuringPublicationTest {

    @TempDir
    Path folder;

    private final HeldCatalogs catalogs = new HeldCatalogs();

    @Test
    void learnedFilesThatAreBeingLoadedAreServedAndRecordedBeforeTheStop() throws Exception {
        TestServer server = TestServer.in(folder).withCatalogs(catalogs).with("learn.memory_mb", "128");
        Files.writeString(folder.resolve("config.json"), """
                {"TRACKS_CATALOG": "tracks.json", "TOP_TRACKS_CATALOG": "top.json",
                 "recommenders": {"top-pop": {"type": "top-pop"}},
                 "experiments": [{"name": "E", "arms": {"C": "top-pop"}, "serves": true}]}
                """);
        server.start();
        for (int track = 0; track < 6; track++) {
            server.get("/next_track?user=1&track=" + track + "&time=1");
        }
        assertEquals(202, server.post("/admin/learn", "").statusCode());
        catalogs.awaitLoad();
        var stop = new Thread(server::close, "stop");
        stop.start();
        Waiting.until("the stop waits for the learning", () -> isInUpkeep(stop));
        catalogs.release();
        stop.join();
        String learnings = Files.readString(folder.resolve("state/learning.jsonl"));
        assertTrue(learnings.contains("\"outcome\":\"published\""), learnings);
    }

    private static boolean isInUpkeep(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(call -> call.getClassName().equals(Upkeep.class.getName())
                        && call.getMethodName().equals("close"));
    }
}

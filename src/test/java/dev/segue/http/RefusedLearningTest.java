package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** A learning that was refused is listed with its reason, also after a restart. */
@Timeout(60)
class RefusedLearningTest extends WithServer {

    private static final String REASON = "5 of 10 tracks are missing";

    @BeforeEach
    void refuse() throws IOException {
        Path kept = Files.createDirectories(folder.resolve("state/generations/1a2b3c4d"));
        Files.writeString(kept.resolve("kept.json"), "{\"kept_at\":1700000000000,\"refusal\":\"" + REASON + "\"}");
        record("\"1a2b3c4d\"", "the old catalogs continue to serve: " + REASON);
    }

    private void record(String generation, String message) throws IOException {
        Files.writeString(
                folder.resolve("state/learning.jsonl"),
                "{\"started\":1699999990000,\"ended\":1700000000000,\"outcome\":\"refused\",\"generation\":"
                        + generation + ",\"message\":\"" + message
                        + "\",\"stages\":[{\"stage\":\"session\",\"refusal\":null}]}\n");
    }

    @Test
    void theGenerationIsListedWithItsReason() throws Exception {
        server.start();
        JsonNode kept = server.getJson("/admin/generations").get("kept").get(0);
        assertEquals("1a2b3c4d", kept.get("generation").asString());
        assertEquals(REASON, kept.get("refusal").asString());
        assertFalse(kept.get("serves").asBoolean());
        assertEquals("refused", kept.get("learning").get("outcome").asString());
        JsonNode last = server.getJson("/server").get("last_learning");
        assertEquals("refused", last.get("outcome").asString());
        assertTrue(last.get("reason").asString().contains(REASON), last::toString);
    }

    @Test
    void theLivePageShowsTheReason() throws Exception {
        server.start();
        try (TestBrowser browser = TestBrowser.start()) {
            browser.open(server.uri().resolve("/dashboard"));
            browser.await(page -> browser.text("#overview").contains("last learning refused, 14 Nov 2023"));
            assertTrue(browser.text("#overview").contains(REASON));
        }
    }

    @Test
    void pathsAreShownToAdministratorsAlone() throws Exception {
        record("null", "/srv/segue/tracks.json: line 1 is no JSON");
        server.start();
        assertFalse(server.get("/server").body().contains("/srv"));
        assertTrue(server.get("/admin/learn").body().contains("/srv"));
    }
}

package dev.segue.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.id.ListenerId;
import dev.segue.state.ListenerFeedback.Given;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedbackStoreTest {

    private static final ListenerId USER = ListenerId.of(1);

    @TempDir
    Path folder;

    @Test
    void aLineHasTheDocumentedForm() throws Exception {
        try (FeedbackStore store = FeedbackStore.open(folder)) {
            store.add(USER, 5, null, Feedback.BAN, 1_700_000_000_000L);
            store.add(ListenerId.ofString("ann"), null, "Ä \"B\"", Feedback.LIKE, 1_700_000_000_001L);
        }
        assertEquals("""
                {"timestamp":1700000000000,"user":1,"track":5,"feedback":"ban"}
                {"timestamp":1700000000001,"user":"ann","artist":"Ä \\"B\\"","feedback":"like"}
                """, Files.readString(folder.resolve("feedback.jsonl")));
        try (FeedbackStore read = FeedbackStore.open(folder)) {
            assertEquals(2, read.size());
            assertTrue(given(read.of(1).tracks(), 5).excludes(Long.MAX_VALUE));
            assertEquals(
                    Feedback.LIKE,
                    given(read.of(ListenerId.ofString("ann").key()).artists(), "Ä \"B\"")
                            .feedback());
        }
    }

    private static <K> Given given(Map<K, Given> map, K key) {
        return Objects.requireNonNull(map.get(key));
    }

    @Test
    void aListenerHasAtMostAThousandTracks() {
        try (FeedbackStore store = FeedbackStore.open(folder)) {
            for (int track = 0; track < 1000; track++) {
                store.add(USER, track, null, Feedback.BAN, 1);
            }
            var refused =
                    assertThrows(IllegalArgumentException.class, () -> store.add(USER, 1000, null, Feedback.BAN, 1));
            assertTrue(String.valueOf(refused.getMessage()).contains("at most 1000 tracks"), refused.getMessage());
            store.add(USER, 999, null, Feedback.LIKE, 2);
            store.add(USER, 0, null, Feedback.NONE, 2);
            store.add(USER, 1000, null, Feedback.BAN, 3);
            assertEquals(1000, store.size());
        }
    }

    @Test
    void feedbackThatChangesNothingIsNotWritten() throws Exception {
        try (FeedbackStore store = FeedbackStore.open(folder)) {
            store.add(USER, 1, null, Feedback.NONE, 1);
            store.add(USER, 1, null, Feedback.BAN, 2);
            store.add(USER, 1, null, Feedback.BAN, 3);
            store.add(USER, null, "A", Feedback.DISLIKE, 4);
            store.add(USER, null, "A", Feedback.DISLIKE, 5);
        }
        assertEquals(3, Files.readAllLines(folder.resolve("feedback.jsonl")).size(), "a dislike is renewed");
    }

    @Test
    void aFileThatCannotBeReadIsNotTakenForAMissingOne() throws Exception {
        Files.createDirectories(folder.resolve("feedback.jsonl"));
        var refused = assertThrows(StateException.class, () -> FeedbackStore.open(folder));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("check STATE_FOLDER and its permissions"),
                refused.getMessage());
    }

    @Test
    void theNumberOfEntriesIsBounded() {
        try (FeedbackStore store = FeedbackStore.open(folder, 2)) {
            store.add(USER, 1, null, Feedback.BAN, 1);
            store.add(ListenerId.of(2), 1, null, Feedback.BAN, 1);
            var refused =
                    assertThrows(StateException.class, () -> store.add(ListenerId.of(3), 1, null, Feedback.BAN, 1));
            assertTrue(String.valueOf(refused.getMessage()).endsWith("raise -Xmx"), refused.getMessage());
            store.add(USER, 1, null, Feedback.NONE, 2);
            store.add(ListenerId.of(3), 1, null, Feedback.BAN, 3);
            assertEquals(2, store.size());
        }
    }

    @Test
    void anotherProgramsLinesAreNotOverwritten() throws Exception {
        Path file = folder.resolve("feedback.jsonl");
        try (FeedbackStore store = FeedbackStore.open(folder)) {
            Files.writeString(file, "{\"timestamp\":1,\"user\":1,\"track\":5,\"feedback\":\"ban\"}\n");
            var refused = assertThrows(StateException.class, () -> store.add(USER, 6, null, Feedback.BAN, 1));
            assertTrue(
                    String.valueOf(refused.getMessage()).contains("was changed by another program"),
                    refused.getMessage());
            assertEquals(1, Files.readAllLines(file).size());
        }
    }
}

package dev.segue.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.embedding.EmbeddingModel;
import dev.segue.embedding.ModelType;
import dev.segue.id.ListenerId;
import dev.segue.matrix.FloatMatrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListenerListsTest {

    @Test
    void listsMatchASortOfAllPlayedTracks() {
        ModelFolder trained = Models.some(ModelType.NEW, 60, 7, 4);
        var lists = new ListenerLists(trained, 20);
        assertEquals(trained.listeners(), lists.listeners());
        for (int row = 0; row < 7; row++) {
            int listener = row;
            List<Integer> expected = IntStream.range(0, 60)
                    .filter(track -> track % 4 != 0)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer track) -> -score(trained.model(), listener, track)))
                    .limit(20)
                    .toList();
            assertEquals(
                    expected,
                    Arrays.stream(lists.of(ListenerId.of(1000 - row))).boxed().toList());
        }
    }

    private static double score(EmbeddingModel model, int listener, int track) {
        FloatMatrix listeners = Objects.requireNonNull(model.listeners());
        FloatMatrix linear = Objects.requireNonNull(model.linear());
        double score = 0;
        for (int d = 0; d < model.dimensions(); d++) {
            score += linear.get(0, d)
                    * listeners.get(listener, d)
                    * model.tracks().get(track, d);
        }
        return score;
    }

    @Test
    void listsAreShorterIfFewerTracksWerePlayed() {
        ModelFolder three = Models.of(ModelType.NEW, 9, 2, 2, track -> 1, track -> track < 3 ? 1 : 0);
        assertEquals(3, new ListenerLists(three, 20).of(ListenerId.of(999)).length);
        ModelFolder none = Models.of(ModelType.NEW, 9, 2, 2, track -> 1, track -> 0);
        assertEquals(0, new ListenerLists(none, 20).of(ListenerId.of(999)).length);
    }

    @Test
    void contextualModelsAndEmptyListsAreRejected() {
        ModelFolder contextual = Models.some(ModelType.CONTEXTUAL, 9, 0, 2);
        String message = String.valueOf(assertThrows(TrainingException.class, () -> new ListenerLists(contextual, 5))
                .getMessage());
        assertTrue(message.contains("has no listeners; train one with --model new"), message);
        ModelFolder fresh = Models.some(ModelType.NEW, 9, 2, 2);
        assertThrows(TrainingException.class, () -> new ListenerLists(fresh, 0));
    }
}

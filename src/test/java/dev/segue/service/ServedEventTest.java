package dev.segue.service;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.id.ListenerId;
import dev.segue.play.Arms;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import dev.segue.recommend.RuleEffect;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServedEventTest {

    private static int bytes(@Nullable Explanation explanation) {
        var event = new Event(
                Message.NEXT,
                1,
                ListenerId.of(1),
                new Playback(0, 1),
                0,
                Recommendation.of(1, 1, 1, "best"),
                Arms.NONE,
                1,
                1,
                "generation",
                null,
                List.of());
        return new ServedEvent(event, explanation, 0).bytes();
    }

    private static Explanation explanation(String reason, List<Integer> tracks, List<String> artists) {
        return new Explanation(List.of(), reason, List.of(new RuleEffect(RuleEffect.REQUEST, tracks, artists)));
    }

    /** Otherwise, remembered responses with explanations would exceed their memory limit many times. */
    @Test
    void sizesIncludeExplanations() {
        int plain = bytes(null);
        int explained = bytes(explanation("", List.of(), List.of()));
        assertTrue(explained > plain, explained + " bytes");
        List<Integer> tracks = IntStream.range(0, 1000).boxed().toList();
        assertTrue(bytes(explanation("", tracks, List.of())) - explained >= 1000 * 20, "an Integer, and a reference");
        List<String> artists = Collections.nCopies(1000, "x".repeat(100));
        assertTrue(bytes(explanation("", List.of(), artists)) - explained >= 1000 * 100, "100 characters each");
        assertTrue(bytes(explanation("x".repeat(100), List.of(), List.of())) - explained >= 100, "the reason");
    }
}

package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.play.Playback;
import dev.segue.recommend.RuleEffect;
import dev.segue.service.Explanation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplanationTextTest {

    @SuppressWarnings("NullAway.Init") // set before each test
    private ExplanationText text;

    @BeforeEach
    void load(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("tracks.json"), """
                {"track":0,"artist":"Ada","title":"$1 \\\\ Blue"}
                {"track":1,"artist":"","title":""}
                """);
        text = new ExplanationText(Catalog.load(CatalogFiles.of(file)).tracks());
    }

    @Test
    void tracksAreNamedByTitleAndArtistOrElseById() {
        var explanation = new Explanation(
                List.of(new Playback(0, 1), new Playback(1, 0.3), new Playback(1, 0.5)),
                "It follows {0} and {1}.",
                List.of());
        assertEquals(
                List.of(
                        "Liked in this session: “$1 \\ Blue” by Ada (100% played), track 1 (50% played).",
                        "It follows “$1 \\ Blue” by Ada and track 1."),
                text.sentences(explanation));
    }

    @Test
    void exclusionsAndReorderingHaveTheirOwnSentences() {
        var excluded = new RuleEffect("exclude", List.of(1), List.of());
        var movedBack = new RuleEffect("mmr", List.of(0), List.of());
        assertEquals(
                List.of("The request left out track 1.", "The rule mmr moved back “$1 \\ Blue” by Ada."),
                text.sentences(new Explanation(List.of(), "", List.of(excluded, movedBack))));
    }

    @Test
    void longExclusionsNameTheFirstFiveTracks() {
        var effect = new RuleEffect("some-rule", IntStream.range(2, 10).boxed().toList(), List.of("Ada", "Bo"));
        assertEquals(
                List.of("The rule some-rule left out track 2, track 3, track 4, track 5, track 6 and 3 other tracks,"
                        + " and all tracks by Ada, Bo."),
                text.sentences(new Explanation(List.of(), "", List.of(effect))));
    }
}

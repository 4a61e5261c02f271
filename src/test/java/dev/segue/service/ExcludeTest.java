package dev.segue.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.catalog.Tracks;
import dev.segue.id.ListenerId;
import dev.segue.recommend.Exclusions;
import dev.segue.recommend.RuleEffect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExcludeTest {

    @TempDir
    Path folder;

    private Tracks tracks() throws IOException {
        return Catalog.load(CatalogFiles.of(Files.writeString(folder.resolve("tracks.json"), """
                        {"track":0,"artist":"A","title":"a","recommendations":[]}
                        {"track":1,"artist":"B","title":"b","recommendations":[]}
                        """)))
                .tracks();
    }

    /** Recommenders have no costs of exclusions for requests without any. */
    @Test
    void withoutTracksAndArtistsOfTheCatalogThereAreNoExclusions() throws IOException {
        Tracks tracks = tracks();
        assertSame(Exclude.NONE, NextTrackQuery.of(ListenerId.of(1), null).exclude());
        assertTrue(exclusions(Exclude.NONE, tracks).isEmpty());
        assertTrue(exclusions(new Exclude(List.of(2), List.of("C")), tracks).isEmpty());
    }

    @Test
    void tracksAndArtistsOfTheCatalogAreExcluded() throws IOException {
        Exclusions exclusions = exclusions(new Exclude(List.of(0, 2), List.of("B", "C")), tracks());
        assertEquals(new RuleEffect("x", List.of(0), List.of("B")), exclusions.effect("x"));
    }

    private static Exclusions exclusions(Exclude exclude, Tracks tracks) {
        var exclusions = new Exclusions(tracks);
        exclude.addTo(exclusions, tracks);
        return exclusions;
    }
}

package dev.segue.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests public catalogs, if they are stored beside the project. */
class PublicDataTest {

    private static final Path DATA = Path.of("../shared/data");

    @BeforeEach
    void requireData() {
        assumeTrue(Files.isDirectory(DATA), "no " + DATA);
    }

    @Test
    void catalogWithoutNeighboursHasTitlesTopTracksAndListenerLists() {
        Path folder = DATA.resolve("botify-catalog-2023");
        Catalog catalog = Catalog.load(new CatalogFiles(
                folder.resolve("tracks.json.gz"),
                null,
                null,
                folder.resolve("top_tracks.json.gz"),
                folder.resolve("recommendations.json.gz")));
        assertEquals(50_000, catalog.tracks().size());
        assertEquals("Jack Johnson", catalog.tracks().artist(0));
        assertEquals("The Cove", catalog.tracks().title(0));
        assertEquals(246, catalog.topTracks()[0]);
        assertEquals(37_175, catalog.topTracks().length);
        assertEquals(10_000, catalog.listenerLists().rows());
        assertEquals(50, catalog.listenerLists().size(0));
        assertEquals(List.of("tracks.json.gz: no row has neighbours"), catalog.warnings());
    }

    @Test
    void unknownNeighboursAreCounted() {
        Path folder = DATA.resolve("botify-neighbours-2026");
        Catalog catalog = Catalog.load(new CatalogFiles(
                folder.resolve("lightfm_i2i.jsonl.gz"), folder.resolve("sasrec_i2i.jsonl.gz"), null, null, null));
        String unknown = " neighbour references name tracks without a row of their own; they are not served";
        assertEquals(
                List.of(
                        "lightfm_i2i.jsonl.gz: 10,119 of 150,000" + unknown,
                        "sasrec_i2i.jsonl.gz: 20,952 of 150,000" + unknown),
                catalog.warnings());
    }
}

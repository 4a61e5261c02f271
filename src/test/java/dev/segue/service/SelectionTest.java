package dev.segue.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.catalog.TrackFilter;
import dev.segue.config.RecommenderSettings;
import dev.segue.config.RecommenderType;
import dev.segue.id.ListenerId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTest {

    /** More tracks than a selector's thread applies a new filter to. */
    private static final int MANY = 20_001;

    @TempDir
    Path folder;

    private Generation generation(int tracks) throws Exception {
        var lines = new StringBuilder();
        for (int track = 0; track < tracks; track++) {
            lines.append("{\"track\":")
                    .append(track)
                    .append(",\"artist\":\"A\",\"title\":\"t\",\"recommendations\":[],\"year\":")
                    .append(1950 + track % 50)
                    .append("}\n");
        }
        Catalog catalog = Catalog.load(CatalogFiles.of(Files.writeString(folder.resolve("tracks.json"), lines)));
        var random = new RecommenderSettings(
                RecommenderType.RANDOM, RecommenderSettings.defaultSize(RecommenderType.RANDOM), List.of());
        return ServingPlan.single(catalog, "E", "random", Map.of("random", random));
    }

    private static NextTrackQuery query(Exclude exclude, TrackFilter filter) {
        return new NextTrackQuery(
                ListenerId.of(1), null, null, 0, false, false, exclude, null, Seeds.NONE, filter, null);
    }

    private static TrackFilter years(int from) {
        return new TrackFilter(List.of(), List.of(), List.of(), null, from, 0);
    }

    @Test
    void aRequestWithoutExclusionsCostsNothing() throws Exception {
        Generation served = generation(2);
        assertSame(Selection.NONE, Selection.of(served, query(Exclude.NONE, TrackFilter.NONE), Restrictions.NONE, 0));
        var unknown = query(new Exclude(List.of(7), List.of("C")), TrackFilter.NONE);
        assertNull(Selection.of(served, unknown, Restrictions.NONE, 0).exclusions());
        assertEquals(
                1,
                Selection.of(served, query(Exclude.NONE, years(1951)), Restrictions.NONE, 0)
                        .accepted());
    }

    @Test
    void aNewFilterOfALargeCatalogIsSlowOnce() throws Exception {
        Generation small = generation(MANY - 1);
        assertFalse(small.isSlowFor(query(Exclude.NONE, years(1990))));
        Generation large = generation(MANY);
        assertFalse(large.isSlowFor(query(Exclude.NONE, TrackFilter.NONE)));
        assertTrue(large.isSlowFor(query(Exclude.NONE, years(1990))));
        large.catalog().tracks().rejected(years(1990));
        assertFalse(large.isSlowFor(query(Exclude.NONE, years(1990))), "its tracks are kept");
        for (int year = 1950; year < 1982; year++) {
            large.catalog().tracks().rejected(years(year));
        }
        assertTrue(large.isSlowFor(query(Exclude.NONE, years(1990))), "32 other filters followed");
    }
}

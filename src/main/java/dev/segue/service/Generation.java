package dev.segue.service;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.Tracks;
import dev.segue.recommend.Recommender;
import java.util.List;

/**
 * The catalog, the recommenders and the experiments that serve requests. A request uses one generation from start to end.
 *
 * @param id a fingerprint of the catalogs and models, 8 hexadecimal digits
 * @param catalog the tracks and lists
 * @param experiments all experiments
 * @param serving the one of them that chooses the recommender
 * @param isSlow whether one of its recommenders is slow
 */
public record Generation(
        String id, Catalog catalog, List<ServedExperiment> experiments, ServedExperiment serving, boolean isSlow) {

    /** The number of tracks that a new filter is applied to in less than 50 µs. */
    private static final int MAX_FILTERED = 20_000;

    Generation(String id, Catalog catalog, List<ServedExperiment> experiments, ServedExperiment serving) {
        this(
                id,
                catalog,
                experiments,
                serving,
                serving.recommenders().values().stream().anyMatch(Recommender::isSlow));
    }

    /** Whether a query takes over 50 µs, because a recommender is slow or its filter is new and the catalog is large. */
    public boolean isSlowFor(NextTrackQuery query) {
        Tracks tracks = catalog.tracks();
        return isSlow || (!query.filter().isEmpty() && tracks.size() > MAX_FILTERED && !tracks.hasKept(query.filter()));
    }

    /** The same for listeners of each arm of the experiment that serves, one after the other. */
    public List<Generation> byArm() {
        return serving.experiment().arms().stream()
                .map(serving::only)
                .map(only -> new Generation(id, catalog, List.of(only), only, isSlow))
                .toList();
    }
}

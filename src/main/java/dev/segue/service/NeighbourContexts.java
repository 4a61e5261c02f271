package dev.segue.service;

import dev.segue.config.Configuration;
import dev.segue.config.RecommenderType;
import dev.segue.config.ScoringSettings;
import dev.segue.embedding.Context;
import dev.segue.embedding.NeighbourOrigin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares the context of a neighbour recommender with the training context of its catalog. */
public final class NeighbourContexts {

    private NeighbourContexts() {}

    /** A warning for each recommender whose context differs from that of its catalog, unless its settings name a context. */
    public static List<String> warnings(Configuration configuration) {
        List<String> warnings = new ArrayList<>();
        configuration.recommenders().forEach((name, settings) -> {
            ScoringSettings scoring = settings.scoring();
            if (scoring.model().isEmpty() && scoring.context().isEmpty()) {
                neighbours(configuration, settings.type())
                        .filter(NeighbourContexts::isOfFirstTracks)
                        .ifPresent(catalog -> warnings.add(warning(catalog, name)));
            }
        });
        return warnings;
    }

    private static Optional<Path> neighbours(Configuration configuration, RecommenderType type) {
        return switch (type) {
            case CONTEXTUAL -> Optional.of(configuration.tracksCatalog());
            case NEW -> configuration.tracksCatalogNn();
            case INDEXED, TOP_POP, STICKY_ARTIST, RANDOM, SESSION, SESSION_KNN, BLEND -> Optional.empty();
        };
    }

    private static boolean isOfFirstTracks(Path catalog) {
        return NeighbourOrigin.of(catalog)
                .filter(origin -> origin.context() == Context.FIRST)
                .isPresent();
    }

    private static String warning(Path catalog, String recommender) {
        return "the neighbours in " + catalog + " come from a model whose context is a session's first track, but "
                + recommender
                + " draws from those of the previous track: train with --context PREVIOUS, or set recommenders."
                + recommender
                + ".context to \"first\", or to \"previous\" to keep the present behaviour";
    }
}

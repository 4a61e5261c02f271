package dev.segue.learn;

import dev.segue.config.Configuration;
import dev.segue.config.NeighbourContext;
import dev.segue.config.RecommenderSettings;
import dev.segue.config.RecommenderType;
import dev.segue.embedding.Context;
import dev.segue.embedding.ModelType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files that a configuration serves and that can be learned from a log.
 *
 * @param embeddings embedding models with their catalogs, at most one of each type
 * @param sessionModels folders of session models
 * @param topTracks the file of top tracks; null if the configuration has none
 */
public record LearnPlan(
        List<Embedding> embeddings,
        Set<Path> sessionModels,
        @Nullable Path topTracks) {

    /**
     * An embedding model and the files that are computed from it.
     *
     * @param context the context of its training
     * @param model the folder of the model
     * @param neighbours the catalog of neighbours
     * @param lists the file of listener lists; null for none
     */
    public record Embedding(
            ModelType type,
            Context context,
            Path model,
            Path neighbours,
            @Nullable Path lists) {}

    public LearnPlan {
        embeddings = List.copyOf(embeddings);
        sessionModels = Set.copyOf(sessionModels);
    }

    /** The plan of a configuration. Models of catalogs are in the folder {@code models} beside the configuration, unless it names another. */
    public static LearnPlan of(Configuration configuration) {
        List<Embedding> embeddings = new ArrayList<>();
        embedding(configuration, ModelType.CONTEXTUAL, RecommenderType.CONTEXTUAL, configuration.tracksCatalog(), null)
                .ifPresent(embeddings::add);
        configuration
                .tracksCatalogNn()
                .flatMap(catalog -> embedding(
                        configuration,
                        ModelType.NEW,
                        RecommenderType.NEW,
                        catalog,
                        configuration.recommendations().orElse(null)))
                .ifPresent(embeddings::add);
        Set<Path> sessionModels = new LinkedHashSet<>();
        for (RecommenderSettings settings : configuration.recommenders().values()) {
            if (settings.type() == RecommenderType.SESSION) {
                settings.scoring().model().ifPresent(sessionModels::add);
            }
        }
        return new LearnPlan(
                embeddings, sessionModels, configuration.topTracksCatalog().orElse(null));
    }

    private static Optional<Embedding> embedding(
            Configuration configuration,
            ModelType type,
            RecommenderType recommender,
            Path catalog,
            @Nullable Path lists) {
        return configuration.recommenders().values().stream()
                .filter(settings -> settings.type() == recommender)
                .findFirst()
                .map(settings -> new Embedding(
                        type,
                        context(settings),
                        settings.scoring()
                                .model()
                                .orElse(configuration
                                        .file()
                                        .resolveSibling("models")
                                        .resolve(type.json())),
                        catalog,
                        lists));
    }

    /** A recommender that draws neighbours of the previous track is trained with that track as the context. */
    private static Context context(RecommenderSettings settings) {
        boolean ofFirst = settings.scoring().model().isPresent()
                || settings.scoring().context().equals(Optional.of(NeighbourContext.FIRST));
        return ofFirst ? Context.FIRST : Context.PREVIOUS;
    }

    /** The number of stages. */
    public int stages() {
        return embeddings.size() + sessionModels.size() + (topTracks == null ? 0 : 1);
    }
}

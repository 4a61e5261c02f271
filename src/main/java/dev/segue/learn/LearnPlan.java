package dev.segue.learn;

import dev.segue.config.Configuration;
import dev.segue.config.NeighbourContext;
import dev.segue.config.RecommenderSettings;
import dev.segue.config.RecommenderType;
import dev.segue.embedding.Context;
import dev.segue.embedding.ModelType;
import dev.segue.training.TrainingException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** The plan of a configuration. Models of catalogs are in the folder {@code models} beside the catalog, unless it names another. */
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

    /**
     * The part of the plan that only one arm of the serving experiment uses: the other arms keep their models, catalogs and lists.
     *
     * @throws TrainingException if there is no such arm
     */
    public static LearnPlan ofArm(Configuration configuration, String arm) {
        Map<String, String> arms = configuration.servingExperiment().arms();
        String recommender = arms.get(arm);
        if (recommender == null) {
            throw new TrainingException(
                    "experiment " + configuration.servingExperiment().name() + " has no arm " + arm + "; its arms are "
                            + String.join(", ", arms.keySet()));
        }
        Set<String> others = new HashSet<>();
        arms.forEach((other, name) -> {
            if (!other.equals(arm)) {
                others.addAll(chain(configuration, name));
            }
        });
        Set<String> own = chain(configuration, recommender);
        own.removeAll(others);
        Set<RecommenderType> shared = types(configuration, others);
        LearnPlan all = of(configuration);
        Set<Path> models = new LinkedHashSet<>(all.sessionModels);
        models.retainAll(models(configuration, own));
        models.removeAll(models(configuration, others));
        return new LearnPlan(
                all.embeddings.stream()
                        .filter(embedding -> types(configuration, own).contains(recommender(embedding.type()))
                                && !shared.contains(recommender(embedding.type())))
                        .toList(),
                models,
                shared.contains(RecommenderType.TOP_POP) ? null : all.topTracks);
    }

    /** A recommender with those that it blends or falls back to. */
    private static Set<String> chain(Configuration configuration, String name) {
        Set<String> chain = new LinkedHashSet<>();
        var waiting = new ArrayDeque<>(List.of(name));
        while (!waiting.isEmpty()) {
            String next = waiting.remove();
            RecommenderSettings settings = configuration.recommenders().get(next);
            if (settings != null && chain.add(next)) {
                waiting.addAll(settings.fallback());
                waiting.addAll(settings.scoring().sources().keySet());
            }
        }
        return chain;
    }

    private static Set<RecommenderType> types(Configuration configuration, Set<String> names) {
        return names.stream()
                .map(name -> Objects.requireNonNull(configuration.recommenders().get(name))
                        .type())
                .collect(Collectors.toSet());
    }

    private static Set<Path> models(Configuration configuration, Set<String> names) {
        return names.stream()
                .flatMap(name ->
                        Objects.requireNonNull(configuration.recommenders().get(name)).scoring().model().stream())
                .collect(Collectors.toSet());
    }

    private static RecommenderType recommender(ModelType type) {
        return type == ModelType.NEW ? RecommenderType.NEW : RecommenderType.CONTEXTUAL;
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
                                .orElse(catalog.resolveSibling("models").resolve(type.json())),
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

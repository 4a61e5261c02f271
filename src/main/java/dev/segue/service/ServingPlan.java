package dev.segue.service;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogBounds;
import dev.segue.catalog.CatalogFiles;
import dev.segue.catalog.IdLists;
import dev.segue.config.Configuration;
import dev.segue.config.ExperimentSettings;
import dev.segue.config.HistorySettings;
import dev.segue.config.NeighbourContext;
import dev.segue.config.RecommenderSettings;
import dev.segue.config.RecommenderType;
import dev.segue.config.ReloadSettings;
import dev.segue.config.RuleSettings;
import dev.segue.config.ScoringSettings;
import dev.segue.embedding.ModelType;
import dev.segue.embedding.ServedModel;
import dev.segue.experiment.Arm;
import dev.segue.experiment.Experiment;
import dev.segue.history.HistoryLimits;
import dev.segue.id.ListenerId;
import dev.segue.platform.Heap;
import dev.segue.recommend.BestRecommender;
import dev.segue.recommend.BlendRecommender;
import dev.segue.recommend.EmbeddingRecommender;
import dev.segue.recommend.Exploration;
import dev.segue.recommend.NeighbourRecommender;
import dev.segue.recommend.Recommender;
import dev.segue.recommend.SessionKnnRecommender;
import dev.segue.recommend.SessionRecommender;
import dev.segue.recommend.UniformRecommender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds generations and limits from a configuration. */
public final class ServingPlan {

    /** The types that continue a chain that does not end in random, so that every request gets a track. */
    private static final List<RecommenderType> BUILT_IN_FALLBACKS =
            List.of(RecommenderType.INDEXED, RecommenderType.TOP_POP, RecommenderType.RANDOM);

    private static final Logger LOG = LoggerFactory.getLogger(ServingPlan.class);

    private final Catalog catalog;
    private final Map<String, Recommender> recommenders = new LinkedHashMap<>();
    private final LearnedModels models;

    /**
     * A plan for recommenders that share their models: each is loaded once.
     *
     * @param catalog what can be recommended
     */
    public ServingPlan(Catalog catalog) {
        this.catalog = catalog;
        models = new LearnedModels(catalog.tracks());
    }

    /** The catalog files that a configuration names. */
    public static CatalogFiles catalogFiles(Configuration configuration) {
        return new CatalogFiles(
                configuration.tracksCatalog(),
                configuration.tracksCatalogNn().orElse(null),
                configuration.tracksMetadata().orElse(null),
                configuration.topTracksCatalog().orElse(null),
                configuration.recommendations().orElse(null));
    }

    /** How much the catalogs of a reload may differ from those in service. */
    public static CatalogBounds catalogBounds(ReloadSettings settings) {
        return new CatalogBounds(
                settings.maxLostPercent(), settings.maxUnknownPoints(), settings.maxWithoutNeighboursPoints());
    }

    /** The limits of the listeners' histories by a configuration. */
    public static HistoryLimits historyLimits(Configuration configuration) {
        HistorySettings history = configuration.history();
        Duration recall = recall(configuration);
        int affordable = HistoryLimits.affordableListeners(history.listens(), recall);
        int listeners = history.listeners().orElse(affordable);
        if (listeners > affordable) {
            LOG.warn(
                    "history.listeners is {}, but a heap of {} MB affords {} with history.listens {}: raise -Xmx, or lower"
                            + " one of them",
                    listeners,
                    Heap.megabytes(),
                    affordable,
                    history.listens());
        }
        return new HistoryLimits(listeners, history.listens(), Duration.ofMinutes(history.sessionTimeoutMinutes()))
                .recalling(recall);
    }

    /** The longest time for which a session rule needs earlier sessions; zero if no rule does. */
    private static Duration recall(Configuration configuration) {
        Stream<RuleSettings> ofRecommenders = configuration.recommenders().values().stream()
                .flatMap(settings -> settings.rules().orElse(List.of()).stream());
        int hours = Stream.concat(configuration.rules().stream(), ofRecommenders)
                .mapToInt(rule -> rule instanceof RuleSettings.NoRepeat noRepeat ? noRepeat.hours() : 0)
                .max()
                .orElse(0);
        return Duration.ofHours(hours);
    }

    /** The span of the log that a start reads: it covers the session timeout and the time that session rules need. */
    public static Duration restoredSpan(Configuration configuration) {
        var history = configuration.history();
        long minutes = Math.max(history.restoreMinutes(), history.sessionTimeoutMinutes());
        return Duration.ofMinutes(Math.max(minutes, recall(configuration).toMinutes()));
    }

    /** The recommenders and experiments of a configuration, on a catalog. */
    public static Generation generation(Configuration configuration, Catalog catalog) {
        NeighbourContexts.warnings(configuration).forEach(LOG::warn);
        var plan = new ServingPlan(catalog);
        configuration
                .recommenders()
                .keySet()
                .forEach(name -> plan.recommenders.put(name, plan.recommender(configuration, name)));
        List<ServedExperiment> experiments = new ArrayList<>();
        ServedExperiment serving = null;
        for (ExperimentSettings experimentSettings : configuration.experiments()) {
            ServedExperiment experiment = plan.experiment(experimentSettings);
            experiments.add(experiment);
            serving = experimentSettings.serves() ? experiment : serving;
        }
        if (serving == null) {
            throw new IllegalStateException("no experiment serves");
        }
        return new Generation(plan.id(), catalog, List.copyOf(experiments), serving);
    }

    /** One recommender for all listeners, with the built-in fallbacks: an experiment of one arm with the recommender's name. */
    public static Generation single(
            Catalog catalog, String experiment, String name, Map<String, RecommenderSettings> settings) {
        var plan = new ServingPlan(catalog);
        Recommender recommender =
                plan.recommender(name, found(settings, name).rules().orElse(List.of()), settings);
        var only = new ServedExperiment(Experiment.ofEqualWeights(experiment, name), Map.of(name, recommender));
        return new Generation(plan.id(), catalog, List.of(only), only);
    }

    /** A recommender of a configuration, with its fallbacks and rules; the configuration must define it. */
    public static Recommender recommender(Configuration configuration, Catalog catalog, String name) {
        return new ServingPlan(catalog).recommender(configuration, name);
    }

    /** A recommender of a configuration, with its fallbacks and rules; the configuration must define it. */
    public Recommender recommender(Configuration configuration, String name) {
        Map<String, RecommenderSettings> settings = configuration.recommenders();
        return recommender(name, found(settings, name).rules().orElse(configuration.rules()), settings);
    }

    /**
     * One of several recommenders, with its fallbacks, under session rules.
     *
     * @param all recommenders by name: this one and those that it names
     */
    public Recommender recommender(String name, List<RuleSettings> rules, Map<String, RecommenderSettings> all) {
        var configured = new ConfiguredRules(catalog, rules);
        return configured.chain(withFallbacks(name, all, configured));
    }

    private String id() {
        return models.fingerprintWith(catalog.generation());
    }

    /** A recommender, then its configured fallbacks, then the built-in ones unless those end in random. */
    private Recommender withFallbacks(String name, Map<String, RecommenderSettings> settings, ConfiguredRules rules) {
        List<String> names = new ArrayList<>(List.of(name));
        names.addAll(found(settings, name).fallback());
        Recommender chain = null;
        RecommenderType last = RecommenderType.RANDOM;
        for (String link : names) {
            RecommenderSettings linkSettings = found(settings, link);
            Recommender all = rules.link(recommender(link, linkSettings, settings));
            Recommender recommender = linkSettings.best() == 0 ? all : new BestRecommender(all, linkSettings.best());
            chain = chain == null ? recommender : chain.orElse(recommender);
            last = linkSettings.type();
        }
        if (chain == null) {
            throw new IllegalStateException("recommender " + name + " has no links");
        }
        return last == RecommenderType.RANDOM ? chain : withBuiltInFallbacks(chain, rules);
    }

    private Recommender withBuiltInFallbacks(Recommender chain, ConfiguredRules rules) {
        Recommender longer = chain;
        for (RecommenderType type : BUILT_IN_FALLBACKS) {
            var settings = new RecommenderSettings(type, RecommenderSettings.defaultSize(type), List.of());
            longer = longer.orElse(rules.link(recommender(type.text(), settings, Map.of())));
        }
        return longer;
    }

    /** The value of a name; a checked configuration names existing values only. */
    private static <T> T found(Map<String, T> values, String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    /** @param all the recommenders that a blend may name */
    private Recommender recommender(String name, RecommenderSettings settings, Map<String, RecommenderSettings> all) {
        ScoringSettings scoring = settings.scoring();
        return switch (settings.type()) {
            case CONTEXTUAL -> ofNeighbours(name, scoring, ModelType.CONTEXTUAL, catalog.neighbours());
            case NEW -> ofNeighbours(name, scoring, ModelType.NEW, catalog.treatmentNeighbours());
            case INDEXED -> UniformRecommender.ofListenerLists(name, catalog.listenerLists());
            case TOP_POP -> {
                int[] top = catalog.topTracks();
                yield UniformRecommender.of(name, Arrays.copyOf(top, Math.min(settings.size(), top.length)));
            }
            case STICKY_ARTIST -> UniformRecommender.ofArtist(name, catalog.tracks());
            case RANDOM -> UniformRecommender.ofAll(name, catalog.tracks());
            case SESSION -> ofSessionModel(name, scoring);
            case SESSION_KNN ->
                new SessionKnnRecommender(
                        name, models.knn(scoring.sessions().orElseThrow()), catalog.tracks(), exploration(scoring));
            case BLEND ->
                new BlendRecommender(
                        name,
                        scoring.sources().entrySet().stream()
                                .map(source -> new BlendRecommender.Source(
                                        recommender(source.getKey(), found(all, source.getKey()), all),
                                        source.getValue()))
                                .toList(),
                        exploration(scoring));
        };
    }

    private Recommender ofSessionModel(String name, ScoringSettings scoring) {
        Path model = scoring.model().orElseThrow();
        if (scoring.optional() && !ServedModel.isModel(model)) {
            LOG.warn(
                    "recommender {} has no model in {} yet, and its fallbacks serve; segue learn trains one",
                    name,
                    model);
            return UniformRecommender.of(name, new int[0]);
        }
        return new SessionRecommender(name, models.scorer(model), exploration(scoring));
    }

    /** A recommender that scores neighbours by a model or by the catalog, or draws uniformly, as the settings require. */
    private Recommender ofNeighbours(String name, ScoringSettings scoring, ModelType type, IdLists neighbours) {
        return scoring.model()
                .<Recommender>map(folder -> new EmbeddingRecommender(
                        name,
                        models.embedding(folder, type),
                        neighbours,
                        catalog.listenerLists(),
                        catalog.tracks(),
                        exploration(scoring)))
                .orElseGet(() -> ofCatalog(name, scoring, neighbours));
    }

    private static Recommender ofCatalog(String name, ScoringSettings scoring, IdLists neighbours) {
        boolean ofFirstTrack = scoring.context().equals(Optional.of(NeighbourContext.FIRST));
        Exploration exploration = exploration(scoring);
        if (!exploration.equals(Exploration.NONE)) {
            return new NeighbourRecommender(name, neighbours, ofFirstTrack, exploration);
        }
        return ofFirstTrack
                ? UniformRecommender.ofFirstTracksNeighbours(name, neighbours)
                : UniformRecommender.ofNeighbours(name, neighbours);
    }

    private static Exploration exploration(ScoringSettings scoring) {
        return new Exploration(scoring.exploration(), scoring.temperature());
    }

    private ServedExperiment experiment(ExperimentSettings settings) {
        List<Arm> arms = new ArrayList<>();
        Map<String, Recommender> ofArms = new LinkedHashMap<>();
        settings.arms().forEach((arm, recommender) -> {
            arms.add(new Arm(arm, found(settings.weights(), arm)));
            ofArms.put(arm, found(recommenders, recommender));
        });
        Map<Long, String> forced = new LinkedHashMap<>();
        settings.forced()
                .forEach((listener, arm) ->
                        forced.put(ListenerId.ofString(listener).key(), arm));
        return new ServedExperiment(new Experiment(settings.name(), arms, settings.traffic(), forced), ofArms);
    }
}

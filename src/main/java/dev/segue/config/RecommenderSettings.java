package dev.segue.config;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One recommender.
 *
 * @param size 0 for every type but {@link RecommenderType#TOP_POP}
 * @param best 0 for the usual choice of the type
 * @param rules empty for the rules at the top of the configuration
 */
public record RecommenderSettings(
        RecommenderType type,
        int size,
        ScoringSettings scoring,
        int best,
        List<String> fallback,
        Optional<List<RuleSettings>> rules) {

    static final Key<RecommenderType> TYPE = Key.of(
            "type",
            new Values.Choice<>("type", RecommenderType.class),
            "The method of choosing a track; see [Recommenders](recommenders.md#types).");
    static final Key<Integer> SIZE =
            Key.integer("size", 1, Integer.MAX_VALUE, 100, "Number of top tracks to draw from.");
    static final Key<Integer> BEST = Key.integer(
            "best",
            1,
            1000,
            null,
            "Number of best tracks from which the recommender draws uniformly, each with the same propensity. Without it,"
                    + " the recommender chooses as its type does. It cannot be combined with `exploration` or"
                    + " `temperature`. [`segue health`](recommenders.md#own-datas-health) recommends a number for a log.");
    static final Key<List<String>> FALLBACK = new Key<>(
            "fallback",
            Values.Form.NAMES,
            List.of(),
            "Other recommenders, which are tried in this order if this one has no track. Their own fallbacks are not tried."
                    + " The server adds its built-in `indexed`, `top-pop`, `random`, unless the last one is of type"
                    + " `random`.");
    static final Key<List<RuleSettings>> RULES = Key.of(
            "rules",
            RuleType.RULES,
            "Session rules for this recommender and its fallbacks. Without it, those at the top of the file.");

    /** The keys of all types together, in the order in which messages list them. */
    static final List<Key<?>> KEYS = List.of(
            TYPE,
            SIZE,
            ScoringSettings.MODEL,
            ScoringSettings.OPTIONAL,
            ScoringSettings.SESSIONS,
            ScoringSettings.SOURCES,
            ScoringSettings.CONTEXT,
            ScoringSettings.EXPLORATION,
            ScoringSettings.TEMPERATURE,
            BEST,
            FALLBACK,
            RULES);

    public RecommenderSettings {
        scoring.check(type);
        if (type == RecommenderType.TOP_POP) {
            SIZE.check(size);
        } else if (size != 0) {
            throw new IllegalArgumentException(
                    "size: only type \"top-pop\" has a size, not \"" + type.text() + "\"; leave it out");
        }
        if (best != 0) {
            checkBest(type, scoring, best);
        }
        fallback = List.copyOf(fallback);
        rules = rules.map(List::copyOf);
        Set<String> seen = new HashSet<>();
        for (String name : fallback) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException("fallback: names \"" + name + "\" twice; name each once");
            }
        }
    }

    private static void checkBest(RecommenderType type, ScoringSettings scoring, int best) {
        BEST.check(best);
        if (!type.hasOrder()) {
            throw new IllegalArgumentException(
                    "best: type \"" + type.text() + "\" has no order of its tracks; leave it out");
        }
        if (scoring.exploration() != 0 || scoring.temperature() != 0) {
            throw new IllegalArgumentException(
                    "best: draws from the best tracks in another way than exploration and temperature; leave out the one or the others");
        }
    }

    /** A recommender that chooses as its type does. */
    public RecommenderSettings(
            RecommenderType type,
            int size,
            ScoringSettings scoring,
            List<String> fallback,
            Optional<List<RuleSettings>> rules) {
        this(type, size, scoring, 0, fallback, rules);
    }

    /** A recommender that draws from a list, under the configuration's session rules. */
    public RecommenderSettings(RecommenderType type, int size, List<String> fallback) {
        this(type, size, ScoringSettings.NONE, fallback, Optional.empty());
    }

    /** The same settings with another number of best tracks; 0 to choose as the type does. */
    public RecommenderSettings drawingFrom(int otherBest) {
        return new RecommenderSettings(
                type, size, otherBest == 0 ? scoring : scoring.withoutExploration(), otherBest, fallback, rules);
    }

    /** The same settings with another context; only for types that have a context, without a model. */
    public RecommenderSettings with(NeighbourContext context) {
        return new RecommenderSettings(type, size, scoring.with(context), best, fallback, rules);
    }

    /** The same settings with the model elsewhere. */
    RecommenderSettings withModel(UnaryOperator<Path> place) {
        return new RecommenderSettings(type, size, scoring.withModel(place), best, fallback, rules);
    }

    /** The same settings with other session rules. */
    public RecommenderSettings under(List<RuleSettings> otherRules) {
        return new RecommenderSettings(type, size, scoring, best, fallback, Optional.of(otherRules));
    }

    /** The size of a recommender that does not set one: 0 for a type without a size. */
    public static int defaultSize(RecommenderType type) {
        return type == RecommenderType.TOP_POP ? Objects.requireNonNull(SIZE.defaultValue()) : 0;
    }

    /** A type's settings in a configuration without recommenders: it falls back to the simpler types. */
    static RecommenderSettings defaultOf(RecommenderType type) {
        List<String> fallback = switch (type) {
            case CONTEXTUAL, NEW, STICKY_ARTIST, SESSION, SESSION_KNN, BLEND -> List.of("indexed", "top-pop", "random");
            case INDEXED -> List.of("top-pop", "random");
            case TOP_POP -> List.of("random");
            case RANDOM -> List.of();
        };
        return new RecommenderSettings(type, defaultSize(type), fallback);
    }

    static RecommenderSettings read(ConfigNode at) {
        at.requireValid(KEYS);
        RecommenderType type = TYPE.require(at);
        return at.build(() -> new RecommenderSettings(
                type,
                SIZE.find(at).orElse(defaultSize(type)),
                ScoringSettings.read(at),
                BEST.find(at).orElse(0),
                FALLBACK.read(at),
                RULES.find(at)));
    }
}

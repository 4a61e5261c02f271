package dev.segue.config;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One recommender.
 *
 * @param size 0 for every type but {@link RecommenderType#TOP_POP}
 * @param rules empty for the rules at the top of the configuration
 */
public record RecommenderSettings(
        RecommenderType type,
        int size,
        ScoringSettings scoring,
        List<String> fallback,
        Optional<List<RuleSettings>> rules) {

    static final Key<RecommenderType> TYPE = Key.of(
            "type",
            new Values.Choice<>("type", RecommenderType.class),
            "How the track is chosen; see [Recommenders](recommenders.md#types).");
    static final Key<Integer> SIZE =
            Key.integer("size", 1, Integer.MAX_VALUE, 100, "Number of top tracks to draw from.");
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

    /** The keys of all types, in the order of messages. */
    static final List<Key<?>> KEYS = List.of(
            TYPE,
            SIZE,
            ScoringSettings.MODEL,
            ScoringSettings.SESSIONS,
            ScoringSettings.SOURCES,
            ScoringSettings.CONTEXT,
            ScoringSettings.EXPLORATION,
            ScoringSettings.TEMPERATURE,
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
        fallback = List.copyOf(fallback);
        rules = rules.map(List::copyOf);
        Set<String> seen = new HashSet<>();
        for (String name : fallback) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException("fallback: names \"" + name + "\" twice; name each once");
            }
        }
    }

    /** A recommender that draws from a list, under the configuration's session rules. */
    public RecommenderSettings(RecommenderType type, int size, List<String> fallback) {
        this(type, size, ScoringSettings.NONE, fallback, Optional.empty());
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
        at.requireKeys(Key.names(KEYS));
        RecommenderType type = TYPE.require(at);
        return at.build(() -> new RecommenderSettings(
                type,
                SIZE.find(at).orElse(defaultSize(type)),
                ScoringSettings.read(at),
                FALLBACK.read(at),
                RULES.find(at)));
    }
}

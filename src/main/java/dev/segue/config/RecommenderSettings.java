package dev.segue.config;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One recommender: a type, and who is asked when it has no opinion.
 *
 * <p>The fallbacks form a flat chain: they are asked in this order, and a fallback's own fallbacks are not. The server
 * ends each chain with its built-in indexed → top-pop → random unless its last link is of type random.
 *
 * @param type what chooses the track
 * @param size how many of the top tracks {@link RecommenderType#TOP_POP} draws from; 0 for every other type
 * @param scoring by what the types that score tracks do so
 * @param best from how many of its best tracks it draws uniformly; 0 if it chooses as its type does
 * @param fallback names of the recommenders asked next
 * @param rules the session rules that it and its fallbacks are under; empty for the configuration's
 */
public record RecommenderSettings(
        RecommenderType type,
        int size,
        ScoringSettings scoring,
        int best,
        List<String> fallback,
        Optional<List<RuleSettings>> rules) {

    /** How many top tracks a {@link RecommenderType#TOP_POP} draws from unless told. */
    public static final int DEFAULT_SIZE = 100;

    static final Range SIZES = new Range(1, Integer.MAX_VALUE);
    static final Range BEST = new Range(1, 1000);
    static final List<String> KEYS = List.of(
            "type",
            "size",
            "model",
            "sessions",
            "sources",
            "context",
            "exploration",
            "temperature",
            "best",
            "fallback",
            "rules");

    public RecommenderSettings {
        scoring.check(type);
        if (type == RecommenderType.TOP_POP) {
            SIZES.check("size", size);
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
        BEST.check("best", best);
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

    /** The same with another number of best tracks that it draws from; 0 to choose as its type does. */
    public RecommenderSettings drawingFrom(int otherBest) {
        return new RecommenderSettings(
                type, size, otherBest == 0 ? scoring : scoring.withoutExploration(), otherBest, fallback, rules);
    }

    /** The same by the neighbours of another track; only for types that have a choice, without a model. */
    public RecommenderSettings with(NeighbourContext context) {
        return new RecommenderSettings(type, size, scoring.with(context), best, fallback, rules);
    }

    /** The same under other session rules. */
    public RecommenderSettings under(List<RuleSettings> otherRules) {
        return new RecommenderSettings(type, size, scoring, best, fallback, Optional.of(otherRules));
    }

    /** A type's settings when the configuration names no recommenders: it falls back to the simpler types. */
    static RecommenderSettings defaultOf(RecommenderType type) {
        List<String> fallback = switch (type) {
            case CONTEXTUAL, NEW, STICKY_ARTIST, SESSION, SESSION_KNN, BLEND -> List.of("indexed", "top-pop", "random");
            case INDEXED -> List.of("top-pop", "random");
            case TOP_POP -> List.of("random");
            case RANDOM -> List.of();
        };
        return new RecommenderSettings(type, defaultSize(type), fallback);
    }

    private static int defaultSize(RecommenderType type) {
        return type == RecommenderType.TOP_POP ? DEFAULT_SIZE : 0;
    }

    static RecommenderSettings read(ConfigNode at) {
        at.requireKeys(KEYS);
        RecommenderType type = readType(at.get("type"));
        int size = at.find("size").map(given -> (int) given.integer(SIZES)).orElse(defaultSize(type));
        List<String> fallback =
                at.find("fallback").map(names -> names.list(ConfigNode::text)).orElse(List.of());
        Optional<List<RuleSettings>> rules = at.find("rules").map(given -> given.list(RuleSettings::read));
        ScoringSettings scoring = ScoringSettings.read(at);
        int best = at.find("best").map(given -> (int) given.integer(BEST)).orElse(0);
        return at.build(() -> new RecommenderSettings(type, size, scoring, best, fallback, rules));
    }

    private static RecommenderType readType(ConfigNode at) {
        String text = at.text();
        RecommenderType[] types = RecommenderType.values();
        return Arrays.stream(types)
                .filter(type -> type.text().equals(text))
                .findFirst()
                .orElseThrow(() -> at.error(DidYouMean.unknown(
                        "type " + at.shown(),
                        text,
                        Arrays.stream(types).map(RecommenderType::text).toList())));
    }
}

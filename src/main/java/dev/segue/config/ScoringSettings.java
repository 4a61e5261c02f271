package dev.segue.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * By what a recommender scores tracks. A recommender has one of the first three, or none if it draws from a list.
 *
 * @param model folder of the model of {@link RecommenderType#SESSION}; {@link RecommenderType#CONTEXTUAL} and {@link
 *     RecommenderType#NEW} score their neighbours by one if given
 * @param sessions log of past sessions of {@link RecommenderType#SESSION_KNN}: a file, or a folder with the files of a log
 * @param sources the recommenders that {@link RecommenderType#BLEND} ranks together, by name, and the weight of each, above 0
 * @param context the track whose neighbours the types {@link RecommenderType#CONTEXTUAL} and {@link RecommenderType#NEW} draw from
 *     without a model; empty for the previous one, with a warning if their catalog was made for the other
 * @param exploration how often one of the best tracks is drawn uniformly, 0 to 1
 * @param temperature otherwise the best track is recommended if 0, and if above, one of the best is drawn with a probability
 *     proportional to exp(score / temperature)
 */
public record ScoringSettings(
        Optional<Path> model,
        Optional<Path> sessions,
        Map<String, Double> sources,
        Optional<NeighbourContext> context,
        double exploration,
        double temperature) {

    /** Of types that draw from a list. */
    public static final ScoringSettings NONE =
            new ScoringSettings(Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), 0, 0);

    static final String MODEL = "model";
    static final String SESSIONS = "sessions";
    static final String SOURCES = "sources";
    private static final String CONTEXT = "context";
    private static final String EXPLORATION = "exploration";
    private static final String TEMPERATURE = "temperature";
    static final List<String> KEYS = List.of(MODEL, SESSIONS, SOURCES, CONTEXT, EXPLORATION, TEMPERATURE);

    public ScoringSettings {
        sources = Ordered.copyOf(sources);
        if (!(exploration >= 0 && exploration <= 1)) {
            throw new IllegalArgumentException("exploration: " + exploration + " is no number from 0 to 1");
        }
        if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("temperature: " + temperature + " is no number of 0 or more");
        }
        sources.forEach((source, weight) -> {
            if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("sources." + source + ": " + weight + " is no number above 0");
            }
        });
    }

    /** By a model. */
    public static ScoringSettings ofModel(Path model) {
        return new ScoringSettings(Optional.of(model), Optional.empty(), Map.of(), Optional.empty(), 0, 0);
    }

    /** By past sessions. */
    public static ScoringSettings ofSessions(Path sessions) {
        return new ScoringSettings(Optional.empty(), Optional.of(sessions), Map.of(), Optional.empty(), 0, 0);
    }

    /** By other recommenders of equal weight. */
    public static ScoringSettings ofSources(List<String> names) {
        Map<String, Double> sources = new LinkedHashMap<>();
        names.forEach(name -> sources.put(name, 1.0));
        return new ScoringSettings(Optional.empty(), Optional.empty(), sources, Optional.empty(), 0, 0);
    }

    /** The same with the choice of the best track alone. */
    ScoringSettings withoutExploration() {
        return new ScoringSettings(model, sessions, sources, context, 0, 0);
    }

    /** The same by the neighbours of another track. */
    ScoringSettings with(NeighbourContext other) {
        return new ScoringSettings(model, sessions, sources, Optional.of(other), exploration, temperature);
    }

    static ScoringSettings read(ConfigNode at) {
        Optional<Path> model = at.find(MODEL).map(ConfigNode::existingFolder);
        Optional<Path> sessions = at.find(SESSIONS).map(ConfigNode::existingPath);
        Map<String, Double> sources =
                at.find(SOURCES).map(ScoringSettings::readSources).orElse(Map.of());
        Optional<NeighbourContext> context = at.find(CONTEXT).map(NeighbourContext::read);
        double exploration = at.find(EXPLORATION).map(ConfigNode::share).orElse(0.0);
        double temperature = at.find(TEMPERATURE).map(ConfigNode::nonNegative).orElse(0.0);
        return at.build(() -> new ScoringSettings(model, sessions, sources, context, exploration, temperature));
    }

    /** Weights by name, or an array of names, whose weights are 1. */
    private static Map<String, Double> readSources(ConfigNode at) {
        if (at.value() instanceof Map<?, ?>) {
            return at.map(ConfigNode::nonNegative);
        }
        Map<String, Double> sources = new LinkedHashMap<>();
        for (String name : at.list(ConfigNode::text)) {
            if (sources.put(name, 1.0) != null) {
                throw at.error("names \"" + name + "\" twice; name each once");
            }
        }
        return sources;
    }

    /** Refuses what a type does not have, and a type without what it needs. */
    void check(RecommenderType type) {
        requireOnlyIf(type, MODEL, model.isPresent(), "the folder that segue train wrote");
        requireOnlyIf(type, SESSIONS, sessions.isPresent(), "an event log, a file or a folder");
        requireOnlyIf(type, SOURCES, !sources.isEmpty(), "names of other recommenders");
        refuse(type, CONTEXT, context.isPresent() && !type.mayHaveModel(), "");
        refuse(
                type,
                CONTEXT,
                context.isPresent() && model.isPresent(),
                " with a model goes out from the context of its training, and");
        if (type.required().isEmpty() && !type.mayHaveModel()) {
            refuse(type, EXPLORATION, exploration != 0, "");
            refuse(type, TEMPERATURE, temperature != 0, "");
        }
    }

    private static void requireOnlyIf(RecommenderType type, String key, boolean given, String needed) {
        boolean required = type.required().filter(key::equals).isPresent();
        if (required && !given) {
            throw new IllegalArgumentException(key + ": missing; type \"" + type.text() + "\" needs " + needed);
        }
        boolean allowed = required || (key.equals(MODEL) && type.mayHaveModel());
        refuse(type, key, given && !allowed, "");
    }

    private static void refuse(RecommenderType type, String key, boolean given, String condition) {
        if (given) {
            throw new IllegalArgumentException(
                    key + ": type \"" + type.text() + "\"" + condition + " has none; leave it out");
        }
    }
}

package dev.segue.config;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * By what a recommender scores tracks. A recommender has one of the first three, or none if it draws from a list.
 *
 * @param model folder of the model of {@link RecommenderType#SESSION}; {@link RecommenderType#CONTEXTUAL} and {@link
 *     RecommenderType#NEW} score their neighbours by one if given
 * @param sessions log of past sessions of {@link RecommenderType#SESSION_KNN}: a file, or a folder with the files of a log
 * @param sources names of the recommenders that {@link RecommenderType#BLEND} ranks together
 * @param exploration how often one of the best tracks is drawn uniformly, 0 to 1
 * @param temperature otherwise the best track is recommended if 0, and if above, one of the best is drawn with a probability
 *     proportional to exp(score / temperature)
 */
public record ScoringSettings(
        Optional<Path> model, Optional<Path> sessions, List<String> sources, double exploration, double temperature) {

    /** Of types that draw from a list. */
    public static final ScoringSettings NONE = new ScoringSettings(Optional.empty(), Optional.empty(), List.of(), 0, 0);

    static final String MODEL = "model";
    static final String SESSIONS = "sessions";
    static final String SOURCES = "sources";
    private static final String EXPLORATION = "exploration";
    private static final String TEMPERATURE = "temperature";
    static final List<String> KEYS = List.of(MODEL, SESSIONS, SOURCES, EXPLORATION, TEMPERATURE);

    public ScoringSettings {
        sources = List.copyOf(sources);
        if (!(exploration >= 0 && exploration <= 1)) {
            throw new IllegalArgumentException("exploration: " + exploration + " is no number from 0 to 1");
        }
        if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("temperature: " + temperature + " is no number of 0 or more");
        }
        Set<String> seen = new HashSet<>();
        for (String source : sources) {
            if (!seen.add(source)) {
                throw new IllegalArgumentException("sources: names \"" + source + "\" twice; name each once");
            }
        }
    }

    /** By a model. */
    public static ScoringSettings ofModel(Path model) {
        return new ScoringSettings(Optional.of(model), Optional.empty(), List.of(), 0, 0);
    }

    /** By past sessions. */
    public static ScoringSettings ofSessions(Path sessions) {
        return new ScoringSettings(Optional.empty(), Optional.of(sessions), List.of(), 0, 0);
    }

    /** By other recommenders. */
    public static ScoringSettings ofSources(List<String> sources) {
        return new ScoringSettings(Optional.empty(), Optional.empty(), sources, 0, 0);
    }

    static ScoringSettings read(Located at) {
        Optional<Path> model = at.find(MODEL).map(Located::existingFolder);
        Optional<Path> sessions = at.find(SESSIONS).map(Located::existingPath);
        List<String> sources =
                at.find(SOURCES).map(names -> names.list(Located::text)).orElse(List.of());
        double exploration = at.find(EXPLORATION).map(Located::share).orElse(0.0);
        double temperature = at.find(TEMPERATURE).map(Located::nonNegative).orElse(0.0);
        return at.build(() -> new ScoringSettings(model, sessions, sources, exploration, temperature));
    }

    /** Refuses what a type does not have, and a type without what it needs. */
    void check(RecommenderType type) {
        requireOnlyIf(type, MODEL, model.isPresent(), "the folder that segue train wrote");
        requireOnlyIf(type, SESSIONS, sessions.isPresent(), "an event log, a file or a folder");
        requireOnlyIf(type, SOURCES, !sources.isEmpty(), "names of other recommenders");
        if (type.required().isEmpty() && model.isEmpty()) {
            String missing = type.mayHaveModel() ? " without a model" : "";
            refuse(type, EXPLORATION, exploration != 0, missing);
            refuse(type, TEMPERATURE, temperature != 0, missing);
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

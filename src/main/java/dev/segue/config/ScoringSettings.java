package dev.segue.config;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * By what a recommender scores tracks. Each type has one of the first three, the types that draw from a list have none.
 *
 * @param model folder of the model of {@link RecommenderType#SESSION}
 * @param sessions log of past sessions of {@link RecommenderType#SESSION_KNN}: a file, or a folder with the files of a log
 * @param sources names of the recommenders that {@link RecommenderType#BLEND} ranks together
 * @param exploration how often one of the best tracks is drawn instead of the best, 0 to 1
 */
public record ScoringSettings(Optional<Path> model, Optional<Path> sessions, List<String> sources, double exploration) {

    /** Of types that draw from a list. */
    public static final ScoringSettings NONE = new ScoringSettings(Optional.empty(), Optional.empty(), List.of(), 0);

    static final String MODEL = "model";
    static final String SESSIONS = "sessions";
    static final String SOURCES = "sources";
    static final List<String> KEYS = List.of(MODEL, SESSIONS, SOURCES, "exploration");

    public ScoringSettings {
        sources = List.copyOf(sources);
        if (!(exploration >= 0 && exploration <= 1)) {
            throw new IllegalArgumentException("exploration: " + exploration + " is no number from 0 to 1");
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
        return new ScoringSettings(Optional.of(model), Optional.empty(), List.of(), 0);
    }

    /** By past sessions. */
    public static ScoringSettings ofSessions(Path sessions) {
        return new ScoringSettings(Optional.empty(), Optional.of(sessions), List.of(), 0);
    }

    /** By other recommenders. */
    public static ScoringSettings ofSources(List<String> sources) {
        return new ScoringSettings(Optional.empty(), Optional.empty(), sources, 0);
    }

    static ScoringSettings read(Located at) {
        Optional<Path> model = at.find(MODEL).map(Located::existingFolder);
        Optional<Path> sessions = at.find(SESSIONS).map(Located::existingPath);
        List<String> sources =
                at.find(SOURCES).map(names -> names.list(Located::text)).orElse(List.of());
        double exploration = at.find("exploration").map(Located::share).orElse(0.0);
        return at.build(() -> new ScoringSettings(model, sessions, sources, exploration));
    }

    /** Refuses what a type does not have, and a type without what it needs. */
    void check(RecommenderType type) {
        requireOnlyIf(type, MODEL, model.isPresent(), "the folder that segue train wrote");
        requireOnlyIf(type, SESSIONS, sessions.isPresent(), "an event log, a file or a folder");
        requireOnlyIf(type, SOURCES, !sources.isEmpty(), "names of other recommenders");
        if (exploration != 0 && type.required().isEmpty()) {
            throw new IllegalArgumentException("exploration: type \"" + type.text() + "\" has none; leave it out");
        }
    }

    private static void requireOnlyIf(RecommenderType type, String key, boolean given, String needed) {
        boolean required = type.required().filter(key::equals).isPresent();
        if (required && !given) {
            throw new IllegalArgumentException(key + ": missing; type \"" + type.text() + "\" needs " + needed);
        }
        if (given && !required) {
            throw new IllegalArgumentException(key + ": type \"" + type.text() + "\" has none; leave it out");
        }
    }
}

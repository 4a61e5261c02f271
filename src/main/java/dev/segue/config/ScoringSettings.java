package dev.segue.config;

import dev.segue.config.Values.Choice;
import dev.segue.config.Values.Form;
import dev.segue.config.Values.Numbers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How a recommender scores tracks: by a model, by past sessions or by other recommenders. It has none of the three if it draws
 * from a list.
 *
 * @param sources the weights of the other recommenders, by their names
 * @param optional whether the model may be missing
 */
public record ScoringSettings(
        Optional<Path> model,
        Optional<Path> sessions,
        Map<String, Double> sources,
        Optional<NeighbourContext> context,
        double exploration,
        double temperature,
        boolean optional) {

    static final Key<Path> MODEL = Key.of(
            "model",
            Form.FOLDER,
            "Folder of a model that `segue train` wrote. With one, `contextual` and `new` score candidates instead of"
                    + " drawing from neighbours.");
    static final Key<Boolean> OPTIONAL = new Key<>(
            "optional",
            Form.BOOLEAN,
            false,
            "Whether the `model` may be missing. Without a model, the recommender has no track, and its fallbacks serve, until"
                    + " `segue learn` or `segue train` has written the model and the server reloads.");
    static final Key<Path> SESSIONS = Key.of(
            "sessions",
            Form.FILE_OR_FOLDER,
            "Log of past sessions: a file, or a folder with the files of a log. It is read at every start and reload.");
    static final Key<Map<String, Double>> SOURCES = Key.of(
            "sources",
            new Form<>("array of names, or object name → weight", ScoringSettings::readSources),
            "Recommenders that are ranked together by reciprocal rank fusion; none of them may be a `blend`. Weights are"
                    + " above 0; in an array, all are 1. Fallbacks and rules of these recommenders are not used.");
    static final Key<NeighbourContext> CONTEXT = Key.of(
            "context",
            new Choice<>("context", NeighbourContext.class),
            "Track whose neighbours are drawn, if there is no `model`: the session's first one, or the previous one, which"
                    + " is the default. It should be the context of the training that the neighbours come from. The server"
                    + " warns if a catalog that `segue neighbours` wrote has another context and this key is absent.");
    static final Key<Double> EXPLORATION = new Key<>(
            "exploration",
            Numbers.SHARE,
            0.0,
            "Probability of drawing one of the 50 best tracks uniformly instead of taking the best. Without a `model`,"
                    + " `contextual` and `new` draw uniformly from their neighbours unless this or `temperature` is above 0;"
                    + " then they use the scores in their catalog, or its order if it has none.");
    static final Key<Double> TEMPERATURE = new Key<>(
            "temperature",
            Numbers.NON_NEGATIVE,
            0.0,
            "Above 0, one of the 50 best tracks is drawn with a probability proportional to exp(score / temperature). The"
                    + " score of `session`, and of `new` with a `model`, is the expected share of the track that is"
                    + " played, 0 to 1. If a catalog has no scores, the score is minus the rank.");

    /** The settings of types that draw from a list. */
    public static final ScoringSettings NONE =
            new ScoringSettings(Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), 0, 0, false);

    public ScoringSettings {
        sources = Ordered.copyOf(sources);
        EXPLORATION.check(exploration);
        TEMPERATURE.check(temperature);
        sources.forEach((source, weight) -> {
            if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("sources." + source + ": " + weight + " is no number above 0");
            }
        });
    }

    /** Scores by a model. */
    public static ScoringSettings ofModel(Path model) {
        return new ScoringSettings(Optional.of(model), Optional.empty(), Map.of(), Optional.empty(), 0, 0, false);
    }

    /** Scores by past sessions. */
    public static ScoringSettings ofSessions(Path sessions) {
        return new ScoringSettings(Optional.empty(), Optional.of(sessions), Map.of(), Optional.empty(), 0, 0, false);
    }

    /** Scores by other recommenders of equal weight. */
    public static ScoringSettings ofSources(List<String> names) {
        Map<String, Double> sources = new LinkedHashMap<>();
        names.forEach(name -> sources.put(name, 1.0));
        return new ScoringSettings(Optional.empty(), Optional.empty(), sources, Optional.empty(), 0, 0, false);
    }

    /** The same settings with neither exploration nor temperature. */
    ScoringSettings withoutExploration() {
        return new ScoringSettings(model, sessions, sources, context, 0, 0, optional);
    }

    /** The same settings with the model elsewhere. */
    ScoringSettings withModel(UnaryOperator<Path> place) {
        return new ScoringSettings(model.map(place), sessions, sources, context, exploration, temperature, optional);
    }

    /** The same settings with another context. */
    ScoringSettings with(NeighbourContext other) {
        return new ScoringSettings(model, sessions, sources, Optional.of(other), exploration, temperature, optional);
    }

    static ScoringSettings read(ConfigNode at) {
        boolean optional = OPTIONAL.read(at);
        return at.build(() -> new ScoringSettings(
                optional ? at.find(MODEL.name()).map(ConfigNode::path) : MODEL.find(at),
                SESSIONS.find(at),
                SOURCES.find(at).orElse(Map.of()),
                CONTEXT.find(at),
                EXPLORATION.read(at),
                TEMPERATURE.read(at),
                optional));
    }

    /** Weights by name, or an array of names, whose weights are 1. */
    private static Map<String, Double> readSources(ConfigNode at) {
        if (at.value() instanceof Map<?, ?>) {
            return at.map(Numbers.NON_NEGATIVE::read);
        }
        Map<String, Double> sources = new LinkedHashMap<>();
        for (String name : at.list(ConfigNode::text)) {
            if (sources.put(name, 1.0) != null) {
                throw at.error("names \"" + name + "\" twice; name each once");
            }
        }
        return sources;
    }

    /** Throws {@link IllegalArgumentException} if a type lacks a key that it requires, or has a key of other types. */
    void check(RecommenderType type) {
        check(type, MODEL, model.isPresent());
        check(type, SESSIONS, sessions.isPresent());
        check(type, SOURCES, !sources.isEmpty());
        check(type, CONTEXT, context.isPresent());
        check(type, EXPLORATION, exploration != 0);
        check(type, TEMPERATURE, temperature != 0);
        check(type, OPTIONAL, optional);
        if (context.isPresent() && model.isPresent()) {
            throw refusal(type, CONTEXT, " with a model goes out from the context of its training, and");
        }
    }

    private static void check(RecommenderType type, Key<?> key, boolean given) {
        if (given && !type.keys().contains(key)) {
            throw refusal(type, key, "");
        }
        if (!given && type.requires(key)) {
            throw new IllegalArgumentException(
                    key.name() + ": missing; type \"" + type.text() + "\" needs " + needed(key));
        }
    }

    private static String needed(Key<?> key) {
        if (key.equals(MODEL)) {
            return "the folder that segue train wrote";
        }
        return key.equals(SESSIONS) ? "an event log, a file or a folder" : "names of other recommenders";
    }

    private static IllegalArgumentException refusal(RecommenderType type, Key<?> key, String condition) {
        return new IllegalArgumentException(
                key.name() + ": type \"" + type.text() + "\"" + condition + " has none; leave it out");
    }
}

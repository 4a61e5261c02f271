package dev.segue.simulation.inprocess;

import dev.segue.config.RecommenderSettings;
import dev.segue.config.RecommenderType;
import dev.segue.config.RuleSettings;
import dev.segue.config.RuleType;
import dev.segue.config.ScoringSettings;
import dev.segue.embedding.ServedModel;
import dev.segue.file.InputFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A recommender named on the command line: a type, optionally with the number of tracks that {@code top-pop} draws from, as in
 * {@code top-pop:1000}. {@code new} scores its neighbours by the world's model if there is one; {@code new:uniform} draws from
 * its neighbours uniformly.
 *
 * @param name the policy's text; also the name of its recommender and arm in the log
 */
public record Policy(String name, RecommenderSettings settings) {

    /** The sources of a blend. */
    private static final List<RecommenderType> BLENDED =
            List.of(RecommenderType.SESSION, RecommenderType.NEW, RecommenderType.SESSION_KNN);

    private static final String UNIFORM = RecommenderType.NEW.text() + ":uniform";

    /**
     * Parses a policy.
     *
     * @param world folder with the world's catalogs and, in {@code models}, its models
     * @throws IllegalArgumentException if the text is not a policy
     */
    public static Policy parse(String text, Path world) {
        int colon = text.indexOf(':');
        String typeName = colon < 0 ? text : text.substring(0, colon);
        RecommenderType type = Arrays.stream(RecommenderType.values())
                .filter(candidate -> candidate.text().equals(typeName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is not a policy; policies are "
                        + Arrays.stream(RecommenderType.values())
                                .map(RecommenderType::text)
                                .collect(Collectors.joining(", "))
                        + ", top-pop:N and " + UNIFORM));
        int size = RecommenderSettings.defaultSize(type);
        if (colon >= 0 && !text.equals(UNIFORM)) {
            size = size(text, colon);
        }
        ScoringSettings scoring = text.equals(UNIFORM) ? ScoringSettings.NONE : scoring(type, world);
        try {
            return new Policy(text, new RecommenderSettings(type, size, scoring, List.of(), Optional.empty()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("policy " + text + ": " + e.getMessage(), e);
        }
    }

    /** The policy with session rules, each with its default settings. */
    public Policy withRules(List<RuleType> rules) {
        List<RuleSettings> withDefaults = rules.stream().map(RuleType::defaults).toList();
        return new Policy(name, settings.under(withDefaults));
    }

    /** The scoring of a recommender type by the files of a world. */
    private static ScoringSettings scoring(RecommenderType type, Path world) {
        return switch (type) {
            case SESSION -> ScoringSettings.ofModel(world.resolve("models/session"));
            case SESSION_KNN ->
                ScoringSettings.ofSessions(InputFile.find(world, "log.jsonl").orElse(world.resolve("log.jsonl.gz")));
            case BLEND ->
                ScoringSettings.ofSources(
                        BLENDED.stream().map(RecommenderType::text).toList());
            case NEW -> {
                Path model = world.resolve("models/new");
                yield ServedModel.isModel(model) ? ScoringSettings.ofModel(model) : ScoringSettings.NONE;
            }
            case CONTEXTUAL, INDEXED, TOP_POP, STICKY_ARTIST, RANDOM -> ScoringSettings.NONE;
        };
    }

    /** This policy's recommender and the sources of its blend, by name. */
    Map<String, RecommenderSettings> recommenders(Path world) {
        Map<String, RecommenderSettings> all = new LinkedHashMap<>();
        all.put(name, settings);
        for (String source : settings.scoring().sources().keySet()) {
            all.put(source, parse(source, world).settings);
        }
        return all;
    }

    /** Whether the policy, or a source of its blend, has a type. */
    boolean uses(RecommenderType type) {
        return settings.type() == type || settings.scoring().sources().containsKey(type.text());
    }

    private static int size(String text, int colon) {
        try {
            return Integer.parseInt(text.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "policy " + text + ": \"" + text.substring(colon + 1)
                            + "\" is not a number of tracks; write top-pop:100",
                    e);
        }
    }
}

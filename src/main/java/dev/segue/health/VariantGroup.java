package dev.segue.health;

import dev.segue.config.Configuration;
import dev.segue.config.NeighbourContext;
import dev.segue.config.RecommenderSettings;
import dev.segue.config.RecommenderType;
import dev.segue.config.RuleSettings;
import dev.segue.config.RuleType;
import dev.segue.config.ScoringSettings;
import dev.segue.recommend.Recommender;
import dev.segue.service.ServingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Variants of a recommender that differ only in the number of best tracks from which they draw, so that one evaluation at a decision gives
 * the probabilities of all of them.
 *
 * @param name the recommender's name in the configuration
 * @param variants at least one
 */
record VariantGroup(String name, List<Variant> variants) {

    /** The numbers of best tracks of the variants. */
    static final List<Integer> BEST_COUNTS = List.of(10, 20, 50);

    /** The rules of variants, with their defaults, if the configuration has none. */
    private static final List<RuleType> DEFAULT_RULES =
            List.of(RuleType.NO_REPEAT, RuleType.SKIP_MEMORY, RuleType.ARTIST_SPACING);

    VariantGroup {
        variants = List.copyOf(variants);
    }

    /** The variants of a recommender: with and without rules, for each context if it has this setting, and each number of best tracks. */
    static List<VariantGroup> of(Configuration configuration, String name, RecommenderSettings settings) {
        List<VariantGroup> groups = new ArrayList<>();
        for (@Nullable NeighbourContext context : contexts(settings)) {
            for (List<RuleSettings> rules : List.of(List.<RuleSettings>of(), rules(configuration, settings))) {
                if (settings.type().hasOrder()) {
                    groups.add(new VariantGroup(
                            name,
                            BEST_COUNTS.stream()
                                    .map(best -> new Variant(best, context, rules))
                                    .toList()));
                }
                if (isRandomized(settings)) {
                    groups.add(new VariantGroup(name, List.of(new Variant(0, context, rules))));
                }
            }
        }
        return groups;
    }

    private static List<@Nullable NeighbourContext> contexts(RecommenderSettings settings) {
        boolean hasContext =
                settings.type().hasContext() && settings.scoring().model().isEmpty();
        return hasContext ? Arrays.asList(NeighbourContext.values()) : Arrays.asList((@Nullable NeighbourContext) null);
    }

    /**
     * The rules of a recommender's variants with rules: those of the configuration, or else {@link #DEFAULT_RULES}. A recommender of one
     * artist's tracks has no artist-spacing, which would leave out all of them.
     */
    private static List<RuleSettings> rules(Configuration configuration, RecommenderSettings settings) {
        List<RuleSettings> configured = settings.rules().orElse(configuration.rules());
        Stream<RuleSettings> rules =
                configured.isEmpty() ? DEFAULT_RULES.stream().map(RuleType::defaults) : configured.stream();
        return rules.filter(rule ->
                        settings.type() != RecommenderType.STICKY_ARTIST || rule.type() != RuleType.ARTIST_SPACING)
                .toList();
    }

    /** Whether the configured recommender may choose among several tracks for one request. */
    private static boolean isRandomized(RecommenderSettings settings) {
        ScoringSettings scoring = settings.scoring();
        boolean scores = scoring.model().isPresent()
                || settings.type() == RecommenderType.SESSION_KNN
                || settings.type() == RecommenderType.BLEND;
        return !scores || settings.best() > 0 || scoring.exploration() > 0 || scoring.temperature() > 0;
    }

    /** The number of best tracks from which each variant draws. */
    List<Integer> choices() {
        return variants.stream()
                .map(variant -> variant.best() == 0 ? Integer.MAX_VALUE : variant.best())
                .toList();
    }

    /** The recommender with the largest number of best tracks. */
    Recommender recommender(ServingPlan plan, Configuration configuration) {
        Variant largest = variants.get(variants.size() - 1);
        Map<String, RecommenderSettings> all = new LinkedHashMap<>(configuration.recommenders());
        all.computeIfPresent(name, (key, settings) -> {
            NeighbourContext context = largest.context();
            RecommenderSettings inContext = context == null ? settings : settings.with(context);
            return largest.best() == 0 ? inContext : inContext.drawingFrom(largest.best());
        });
        return plan.recommender(name, largest.rules(), all);
    }
}

package dev.segue.health;

import dev.segue.catalog.Catalog;
import dev.segue.config.Configuration;
import dev.segue.config.RecommenderSettings;
import dev.segue.config.ScoringSettings;
import dev.segue.offpolicy.DecisionReplay;
import dev.segue.offpolicy.SessionLog;
import dev.segue.offpolicy.WeightedRewards;
import dev.segue.recommend.Recommender;
import dev.segue.service.ServingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Estimates the lift of each variant of each recommender of a configuration, from the recommendations of one recommender of the log (the
 * logging policy).
 *
 * <p>The estimator is SNIPS, Σ w·r / Σ w (Swaminathan and Joachims, NIPS 2015). If the logging policy draws uniformly from thousands of
 * tracks, weights are in the hundreds for recommendations that the policy could have made, and 0 for the others. IPS and DR then vary with
 * the number of such recommendations, SNIPS only with their rewards.
 *
 * <p>Recommendations of different recommenders are not pooled. If a recommender of the log cannot choose some tracks of the policy, the mean
 * weight of its recommendations is below 1, and they would count too little. The basis of all estimates, which makes them comparable, is the
 * recommender of the log that supports the most recommenders of the configuration.
 */
public final class LiftEvaluation {

    /** Number of recommendations, of all recommenders of the log together, that are evaluated to choose the basis. */
    private static final long PILOT_DECISIONS = 4500;

    private final Configuration configuration;
    private final ServingPlan plan;
    private final DecisionReplay replay;
    private final Map<String, Long> logged;
    private final long seed;
    private final Map<String, String> refused = new LinkedHashMap<>();
    private final List<ServedGroup> groups = new ArrayList<>();
    private long evaluations;

    /** Variants with the recommender that computes their probabilities. */
    private record ServedGroup(VariantGroup group, Recommender recommender) {}

    /**
     * Constructs the variants, and loads their models.
     *
     * @param newest the sessions by which lifts are estimated
     * @param logFiles the log's files; a recommender that searches them is refused, because it would find each evaluated session
     * @param seed the seed of the bootstrap
     */
    public LiftEvaluation(
            Configuration configuration, Catalog catalog, SessionLog newest, Set<Path> logFiles, long seed) {
        this.configuration = configuration;
        this.seed = seed;
        plan = new ServingPlan(catalog);
        replay = new DecisionReplay(newest, ServingPlan.historyLimits(configuration));
        logged = replay.decisions();
        if (logged.isEmpty()) {
            return;
        }
        configuration.recommenders().forEach((name, settings) -> {
            if (searches(settings, logFiles)) {
                refused.put(name, "it searches this log, and would find each evaluated session in it");
                return;
            }
            VariantGroup.of(configuration, name, settings)
                    .forEach(group -> groups.add(new ServedGroup(group, group.recommender(plan, configuration))));
        });
    }

    /** Whether a recommender, or a source of it, searches the log for similar sessions. */
    private boolean searches(RecommenderSettings settings, Set<Path> logFiles) {
        ScoringSettings scoring = settings.scoring();
        boolean sources = scoring.sources().keySet().stream()
                .map(configuration.recommenders()::get)
                .anyMatch(source -> source != null && searches(source, logFiles));
        return sources
                || scoring.sessions()
                        .filter(log -> logFiles.stream().anyMatch(file -> isWithin(file, log)))
                        .isPresent();
    }

    private static boolean isWithin(Path file, Path log) {
        try {
            return Files.exists(file) && file.toRealPath().startsWith(log.toRealPath());
        } catch (IOException e) {
            return file.toAbsolutePath().startsWith(log.toAbsolutePath());
        }
    }

    /** The maximum number of evaluations: of one group of variants at one decision each. */
    public long maxEvaluations() {
        long maxDecisions =
                logged.values().stream().mapToLong(Long::longValue).max().orElse(0);
        return groups.size() * (maxDecisions + (logged.size() > 1 ? pilotDecisions() * logged.size() : 0));
    }

    /** Decisions of each recommender of the log that are evaluated to choose the basis. */
    private long pilotDecisions() {
        return PILOT_DECISIONS / logged.size();
    }

    /**
     * Estimates the lifts.
     *
     * @param progress receives the number of evaluations so far
     */
    public Lifts evaluate(LongConsumer progress) {
        if (logged.isEmpty()) {
            return new Lifts(null, List.of(), null);
        }
        DecisionReplay.Part part = replay.of(basis(progress), Long.MAX_VALUE);
        List<WeightedVariant> weighted = weightedVariants(part, progress);
        return new LiftSelection(weighted, seed).lifts(basis(part, weighted), configuration.recommenders(), refused);
    }

    /** The recommender of the log that supports estimates of the most recommenders; of equal ones, the one with the most decisions. */
    private String basis(LongConsumer progress) {
        List<String> names = logged.keySet().stream()
                .sorted(Comparator.comparing(name -> -logged.getOrDefault(name, 0L)))
                .toList();
        String basis = names.get(0);
        int maxSupported = -1;
        for (String name : names.size() == 1 ? List.<String>of() : names) {
            DecisionReplay.Part part = replay.of(name, pilotDecisions());
            double scale = logged.getOrDefault(name, 0L) / (double) part.decisions();
            Set<String> supported = new LinkedHashSet<>();
            for (WeightedVariant each : weightedVariants(part, progress)) {
                if (each.weights().problemOfSupport() == null
                        && scale * each.weights().effectiveSampleSize() >= WeightedRewards.MIN_EFFECTIVE) {
                    supported.add(each.recommender());
                }
            }
            if (supported.size() > maxSupported) {
                maxSupported = supported.size();
                basis = name;
            }
        }
        return basis;
    }

    private List<WeightedVariant> weightedVariants(DecisionReplay.Part part, LongConsumer progress) {
        List<WeightedVariant> weighted = new ArrayList<>();
        for (ServedGroup each : groups) {
            List<WeightedRewards> weights = part.weights(
                    each.recommender, each.group.choices(), decisions -> progress.accept(evaluations += decisions));
            for (int i = 0; i < weights.size(); i++) {
                weighted.add(new WeightedVariant(
                        each.group.name(), each.group.variants().get(i), weights.get(i)));
            }
        }
        return weighted;
    }

    private Lifts.Basis basis(DecisionReplay.Part part, List<WeightedVariant> weighted) {
        long all = logged.values().stream().mapToLong(Long::longValue).sum();
        double mean =
                weighted.isEmpty() ? Double.NaN : weighted.get(0).weights().loggedMean();
        return new Lifts.Basis(
                part.recommender(), part.decisions(), part.sessions(), part.listeners(), mean, all - part.decisions());
    }
}

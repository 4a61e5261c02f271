package dev.segue.health;

import dev.segue.analysis.Interval;
import dev.segue.catalog.Catalog;
import dev.segue.config.Configuration;
import dev.segue.config.RecommenderSettings;
import dev.segue.config.ScoringSettings;
import dev.segue.offpolicy.DecisionReplay;
import dev.segue.offpolicy.LiftBootstrap;
import dev.segue.offpolicy.SessionLog;
import dev.segue.offpolicy.WeightProblem;
import dev.segue.offpolicy.WeightedRewards;
import dev.segue.recommend.Recommender;
import dev.segue.service.ServingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the lift of each recommender of a configuration in each of its variants, by the recommendations of one recommender of the log.
 *
 * <p>The estimate is SNIPS, Σ w·r / Σ w. A uniform draw from thousands of tracks has weights in the hundreds where it meets what a
 * policy would choose, and 0 elsewhere. IPS and DR then vary with the number of meetings, and SNIPS with the rewards alone.
 *
 * <p>Recommendations of different recommenders are not mixed: the mean weight of some is below 1 where they cannot choose what the policy
 * would, and these would count for less than they should. The recommender of the log that supports most recommenders of the
 * configuration is the basis of all estimates, so that they can be compared.
 */
public final class LiftEvaluation {

    /** How many recommendations are looked at, of all recommenders of the log together, to choose the basis. */
    private static final long PILOT = 9000;

    private static final double PERCENT = 100;

    private final Configuration configuration;
    private final ServingPlan plan;
    private final DecisionReplay replay;
    private final Map<String, Long> logged;
    private final long seed;
    private final Map<String, String> refused = new LinkedHashMap<>();
    private final List<Asked> groups = new ArrayList<>();
    private long asked;

    /** Variants with the recommender that is asked. */
    private record Asked(VariantGroup group, Recommender recommender) {}

    /** A variant with its weights. */
    private record Weighed(String recommender, Variant variant, WeightedRewards weights) {}

    /**
     * Builds the variants, and loads their models.
     *
     * @param newest the sessions of the log that are used
     * @param logFiles the log's files: a recommender that searches them for sessions like the current one would find that one itself
     * @param seed of the bootstrap
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
                refused.put(name, "it searches this log, and would find each session itself");
                return;
            }
            VariantGroup.of(configuration, name, settings)
                    .forEach(group -> groups.add(new Asked(group, group.recommender(plan, configuration))));
        });
    }

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

    /** How often recommenders will be asked at most. */
    public long questions() {
        long most = logged.values().stream().mapToLong(Long::longValue).max().orElse(0);
        return groups.size() * (most + (logged.size() > 1 ? pilot() * logged.size() : 0));
    }

    private long pilot() {
        return PILOT / logged.size();
    }

    /**
     * Makes the estimates.
     *
     * @param progress is given how many questions were asked so far
     */
    public Lifts evaluate(LongConsumer progress) {
        if (logged.isEmpty()) {
            return new Lifts(null, List.of(), null);
        }
        DecisionReplay.Part part = replay.of(basis(progress), Long.MAX_VALUE);
        List<Weighed> weighed = weigh(part, progress);
        List<Weighed> accepted =
                weighed.stream().filter(each -> each.weights.problem() == null).toList();
        List<RecommenderLift.Estimated> estimates = new ArrayList<>();
        double[][] resampled =
                LiftBootstrap.lifts(accepted.stream().map(Weighed::weights).toList(), seed);
        if (!accepted.isEmpty()) {
            double[] lifts =
                    accepted.stream().mapToDouble(each -> each.weights.lift()).toArray();
            List<Interval> intervals = SimultaneousIntervals.of(lifts, resampled);
            for (int i = 0; i < lifts.length; i++) {
                WeightedRewards weights = accepted.get(i).weights;
                estimates.add(new RecommenderLift.Estimated(
                        accepted.get(i).variant,
                        weights.value(),
                        lifts[i],
                        intervals.get(i),
                        weights.effectiveSampleSize()));
            }
        }
        return lifts(basis(part, weighed), weighed, accepted, estimates, resampled);
    }

    /** The recommender of the log by whose recommendations most recommenders can be estimated; of equal ones, the one with most. */
    private String basis(LongConsumer progress) {
        List<String> names = logged.keySet().stream()
                .sorted(Comparator.comparing(name -> -logged.getOrDefault(name, 0L)))
                .toList();
        String best = names.get(0);
        int most = -1;
        for (String name : names.size() == 1 ? List.<String>of() : names) {
            DecisionReplay.Part part = replay.of(name, pilot());
            double scale = logged.getOrDefault(name, 0L) / (double) part.decisions();
            Set<String> supported = new LinkedHashSet<>();
            for (Weighed each : weigh(part, progress)) {
                if (each.weights.problemOfMean() == null
                        && scale * each.weights.effectiveSampleSize() >= WeightedRewards.LEAST_EFFECTIVE) {
                    supported.add(each.recommender);
                }
            }
            if (supported.size() > most) {
                most = supported.size();
                best = name;
            }
        }
        return best;
    }

    private List<Weighed> weigh(DecisionReplay.Part part, LongConsumer progress) {
        List<Weighed> weighed = new ArrayList<>();
        for (Asked each : groups) {
            List<WeightedRewards> weights = part.weights(
                    each.recommender, each.group.choices(), questions -> progress.accept(asked += questions));
            for (int i = 0; i < weights.size(); i++) {
                weighed.add(new Weighed(each.group.name(), each.group.variants().get(i), weights.get(i)));
            }
        }
        return weighed;
    }

    private Lifts.Basis basis(DecisionReplay.Part part, List<Weighed> weighed) {
        long all = logged.values().stream().mapToLong(Long::longValue).sum();
        double mean = weighed.isEmpty() ? Double.NaN : weighed.get(0).weights.loggedMean();
        return new Lifts.Basis(
                part.recommender(), part.decisions(), part.sessions(), part.listeners(), mean, all - part.decisions());
    }

    /** @param estimates of the accepted variants */
    private Lifts lifts(
            Lifts.Basis basis,
            List<Weighed> weighed,
            List<Weighed> accepted,
            List<RecommenderLift.Estimated> estimates,
            double[][] resampled) {
        List<RecommenderLift> recommenders = new ArrayList<>();
        Map<String, Integer> bests = new LinkedHashMap<>();
        configuration.recommenders().forEach((name, settings) -> {
            int best = -1;
            for (int i = 0; i < accepted.size(); i++) {
                boolean isOf = accepted.get(i).recommender.equals(name);
                if (isOf && (best < 0 || lower(estimates, i) > lower(estimates, best))) {
                    best = i;
                }
            }
            List<Weighed> own = weighed.stream()
                    .filter(each -> each.recommender.equals(name))
                    .toList();
            if (best >= 0) {
                bests.put(name, best);
            }
            recommenders.add(new RecommenderLift(
                    name,
                    settings.type().isLearned(),
                    own.size(),
                    best < 0 ? null : estimates.get(best),
                    best < 0 ? refusal(name, own) : null));
        });
        var lifts = new Lifts(basis, recommenders, null);
        return new Lifts(basis, recommenders, ahead(lifts.ranked(), bests, accepted, resampled));
    }

    private static double lower(List<RecommenderLift.Estimated> estimates, int i) {
        return estimates.get(i).interval().lower();
    }

    private static Lifts.@Nullable Ahead ahead(
            List<RecommenderLift> ranked, Map<String, Integer> bests, List<Weighed> accepted, double[][] resampled) {
        if (ranked.size() < 2) {
            return null;
        }
        int first = bests.getOrDefault(ranked.get(0).recommender(), 0);
        int second = bests.getOrDefault(ranked.get(1).recommender(), 0);
        double change = accepted.get(first).weights.value()
                        / accepted.get(second).weights.value()
                - 1;
        double[] changes = new double[LiftBootstrap.REPLICATIONS];
        Arrays.setAll(changes, i -> (1 + resampled[first][i]) / (1 + resampled[second][i]) - 1);
        return new Lifts.Ahead(ranked.get(1).recommender(), change, SimultaneousIntervals.percentiles(changes));
    }

    /** Why no variant has an estimate: the reason of the one with the largest effective sample size. */
    private String refusal(String name, List<Weighed> variants) {
        String known = refused.get(name);
        if (known != null) {
            return known;
        }
        WeightedRewards most = variants.stream()
                .map(Weighed::weights)
                .max(Comparator.comparingDouble(WeightedRewards::effectiveSampleSize))
                .orElseThrow();
        WeightProblem problem = most.problem();
        if (problem == WeightProblem.NO_SUPPORT) {
            return Format.text(
                    "the log cannot choose %.0f%% of what it would choose (mean weight %.2f)",
                    PERCENT * (1 - most.meanWeight()), most.meanWeight());
        }
        if (problem == WeightProblem.WRONG_PROPENSITIES) {
            return Format.text("mean weight %.2f instead of 1: the logged propensities are wrong", most.meanWeight());
        }
        return Format.text(
                "effective sample size %.0f, below %.0f", most.effectiveSampleSize(), WeightedRewards.LEAST_EFFECTIVE);
    }
}

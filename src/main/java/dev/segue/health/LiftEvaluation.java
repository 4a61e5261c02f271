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
    private static final long PILOT = 4500;

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
        List<WeighedVariant> weighed = weigh(part, progress);
        return new LiftSelection(weighed, seed).lifts(basis(part, weighed), configuration.recommenders(), refused);
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
            for (WeighedVariant each : weigh(part, progress)) {
                if (each.weights().problemOfSupport() == null
                        && scale * each.weights().effectiveSampleSize() >= WeightedRewards.MIN_EFFECTIVE) {
                    supported.add(each.recommender());
                }
            }
            if (supported.size() > most) {
                most = supported.size();
                best = name;
            }
        }
        return best;
    }

    private List<WeighedVariant> weigh(DecisionReplay.Part part, LongConsumer progress) {
        List<WeighedVariant> weighed = new ArrayList<>();
        for (Asked each : groups) {
            List<WeightedRewards> weights = part.weights(
                    each.recommender, each.group.choices(), questions -> progress.accept(asked += questions));
            for (int i = 0; i < weights.size(); i++) {
                weighed.add(new WeighedVariant(
                        each.group.name(), each.group.variants().get(i), weights.get(i)));
            }
        }
        return weighed;
    }

    private Lifts.Basis basis(DecisionReplay.Part part, List<WeighedVariant> weighed) {
        long all = logged.values().stream().mapToLong(Long::longValue).sum();
        double mean = weighed.isEmpty() ? Double.NaN : weighed.get(0).weights().loggedMean();
        return new Lifts.Basis(
                part.recommender(), part.decisions(), part.sessions(), part.listeners(), mean, all - part.decisions());
    }
}

package dev.segue.evaluation;

import dev.segue.evaluation.RecommenderKind.Learned;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the parameters that predict the validation sessions best. The first trial has the standard values, every other one values that
 * depend on seed and trial alone: a search that was stopped goes on where it was, and a longer search begins with the trials of a
 * shorter one. The test sessions are not looked at.
 */
public final class RandomSearch {

    private final RecommenderKind kind;
    private final Map<String, Double> given;
    private final EvaluationOptions options;
    private final Objective objective;
    private final long seed;

    /**
     * @param given values of parameters that are not to be searched
     */
    public RandomSearch(
            RecommenderKind kind,
            Map<String, Double> given,
            EvaluationOptions options,
            Objective objective,
            long seed) {
        this.kind = kind;
        this.given = Map.copyOf(given);
        this.options = options;
        this.objective = objective;
        this.seed = seed;
    }

    /**
     * The best trial.
     *
     * @param trial its number, from 0
     * @param values its parameters
     * @param objective what it reaches on the validation sessions
     * @param trials of how many it is the best
     */
    public record Best(int trial, Values values, double objective, int trials) {}

    /**
     * Makes the trials that a file does not have yet, and adds them to it.
     *
     * @param learned what was learned from the training sessions
     * @param trials how many trials there are to be, those of the file included
     * @param progress receives the number of trials so far
     * @throws EvaluationException if there is nothing to validate with, or the file's trials are of another search
     */
    public Best search(Learned learned, Dataset dataset, int trials, Path file, IntConsumer progress) {
        if (trials < 1) {
            throw new EvaluationException("a search has at least 1 trial, not " + trials);
        }
        if (dataset.valid().stream().noneMatch(session -> session.predictions() > 0)) {
            throw new EvaluationException(
                    "a search needs validation sessions of two items, and the data set has none; add a file valid "
                            + "beside train and test");
        }
        var trialFile = new TrialFile(file);
        var evaluation = new NextItemEvaluation(dataset.train(), options);
        String data = fingerprint(dataset);
        List<Trial> known = trialFile.read();
        @Nullable Best best = null;
        for (int number = 0; number < trials; number++) {
            Values values = number == 0 ? Values.of(kind, given) : Values.drawn(kind, given, seed, number);
            Trial trial;
            if (number < known.size()) {
                trial = known.get(number);
                requireSame(file, trial, number, values, data);
            } else {
                trial = new Trial(
                        number, kind.name(), data, values.all(), metrics(evaluation, learned, values, dataset));
                trialFile.add(trial);
            }
            double reached = objective.of(trial.metrics());
            if (best == null || reached > best.objective()) {
                best = new Best(number, values, reached, trials);
            }
            progress.accept(number + 1);
        }
        return Objects.requireNonNull(best);
    }

    private static Map<String, Double> metrics(
            NextItemEvaluation evaluation, Learned learned, Values values, Dataset dataset) {
        EvaluationResult result = evaluation.measure(learned.with(values), dataset.valid());
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            metrics.put(metric.label(), result.mean(metric));
        }
        metrics.put("coverage", result.coverage());
        return metrics;
    }

    private void requireSame(Path file, Trial trial, int number, Values values, String data) {
        String place = file + ":" + (number + 1) + ": the trial ";
        String remedy = "; name another file with --out, or repeat the command that wrote this one";
        if (trial.trial() != number || !trial.recommender().equals(kind.name())) {
            throw new EvaluationException(place + "is number " + trial.trial() + " of " + trial.recommender()
                    + ", where number " + number + " of " + kind.name() + " is expected" + remedy);
        }
        if (!trial.parameters().equals(values.all())) {
            throw new EvaluationException(
                    place + "has other parameters than this search draws (seed " + seed + ")" + remedy);
        }
        if (!trial.data().equals(data)) {
            throw new EvaluationException(place + "was made with other sessions or options" + remedy);
        }
    }

    /** A fingerprint of all that trials must have in common to be compared. */
    private String fingerprint(Dataset dataset) {
        int hash = 17;
        for (List<ItemSession> part : List.of(dataset.train(), dataset.valid())) {
            for (ItemSession session : part) {
                hash = 31 * hash + Arrays.hashCode(session.items());
                hash = 31 * hash + Long.hashCode(session.endMillis());
            }
        }
        return String.format(
                Locale.ROOT,
                "%08x, %d predicted%s",
                hash,
                options.count(),
                options.currentAllowed() ? ", the current item too" : "");
    }
}

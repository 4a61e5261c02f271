package dev.segue.evaluation;

import dev.segue.evaluation.RecommenderKind.LearnedModel;
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
 * Random search for the parameters with the best predictions of the validation sessions. The first trial has the default values; the
 * values of the other trials depend only on the seed and the trial's number. A stopped search can therefore be resumed, and a longer
 * search starts with the trials of a shorter one. The test sessions are not used.
 */
public final class RandomSearch {

    private final RecommenderKind kind;
    private final Map<String, Double> given;
    private final EvaluationOptions options;
    private final Objective objective;
    private final long seed;

    /** @param given values of the parameters that are not searched */
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
     * @param trial the trial's number, from 0
     * @param values the trial's parameters
     * @param objective the objective's value on the validation sessions
     * @param trials number of trials of the search
     */
    public record Best(int trial, Values values, double objective, int trials) {}

    /** Runs the trials that a file does not have yet, and appends them to it.
     *
     * @param learned the model that was learned from the training sessions
     * @param trials number of trials, including those of the file, ≥ 1
     * @param progress receives the number of trials so far, after each trial
     * @throws EvaluationException if there are no validation sessions of two items, or the file has trials of another search
     */
    public Best search(LearnedModel learned, Dataset dataset, int trials, Path file, IntConsumer progress) {
        if (trials < 1) {
            throw new EvaluationException("the number of trials must be at least 1, and is " + trials);
        }
        if (dataset.valid().stream().noneMatch(session -> session.predictions() > 0)) {
            throw new EvaluationException(
                    "a search needs validation sessions of two items, and the data set has none; add a file valid "
                            + "next to train and test");
        }
        var trialFile = new TrialFile(file);
        var evaluation = new NextItemEvaluation(dataset.train(), options);
        String data = fingerprint(dataset);
        List<Trial> earlierTrials = trialFile.read();
        @Nullable Best best = null;
        for (int number = 0; number < trials; number++) {
            Values values = number == 0 ? Values.of(kind, given) : Values.random(kind, given, seed, number);
            Trial trial;
            if (number < earlierTrials.size()) {
                trial = earlierTrials.get(number);
                requireSame(file, trial, number, values, data);
            } else {
                trial = new Trial(
                        number, kind.name(), data, values.all(), metrics(evaluation, learned, values, dataset));
                trialFile.add(trial);
            }
            double value = objective.of(trial.metrics());
            if (best == null || value > best.objective()) {
                best = new Best(number, values, value, trials);
            }
            progress.accept(number + 1);
        }
        return Objects.requireNonNull(best);
    }

    private static Map<String, Double> metrics(
            NextItemEvaluation evaluation, LearnedModel learned, Values values, Dataset dataset) {
        EvaluationResult result = evaluation.measure(learned.with(values), dataset.valid());
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            metrics.put(metric.label(), result.mean(metric));
        }
        metrics.put("coverage", result.coverage());
        return metrics;
    }

    private void requireSame(Path file, Trial trial, int number, Values values, String data) {
        String start = file + ":" + (number + 1) + ": the trial ";
        String remedy = "; name another file with --out, or repeat the command that wrote this one";
        if (trial.trial() != number || !trial.recommender().equals(kind.name())) {
            throw new EvaluationException(start + "is number " + trial.trial() + " of " + trial.recommender()
                    + ", where number " + number + " of " + kind.name() + " is expected" + remedy);
        }
        if (!trial.parameters().equals(values.all())) {
            throw new EvaluationException(
                    start + "has other parameters than this search draws (seed " + seed + ")" + remedy);
        }
        if (!trial.data().equals(data)) {
            throw new EvaluationException(start + "was made with other sessions or options" + remedy);
        }
    }

    /** Identifies the sessions and options; trials with different ones are not comparable. */
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

package dev.segue.report;

import dev.segue.analysis.Completion;
import dev.segue.analysis.Effect;
import dev.segue.analysis.ExperimentEffects;
import dev.segue.analysis.NonInferiority;
import dev.segue.analysis.Power;
import dev.segue.analysis.SelfTest;
import dev.segue.analysis.Verdict;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * The results of an experiment.
 *
 * @param experiment its name
 * @param arms the arms, control first
 * @param effects of each treatment on each metric, or why they are withheld
 * @param guardrails what the options ask to be guarded, for each treatment
 * @param completion how many listeners finished a session, for each treatment beside control
 * @param heavy listeners who have much of what their arm has
 * @param capped the effects on sums in which single listeners are limited; empty if that is not asked for
 * @param adjusted the effects on the primary metric, adjusted for what listeners did before; empty if none was there
 * @param days what was known of the primary metric at the end of each day, for each treatment
 * @param quantiles of each arm; empty if single observations were not kept
 * @param lengths how each arm's sessions are distributed; empty likewise
 * @param span when all this was
 * @param log what was met in the log
 * @param reading how the log was read
 * @param options what was asked for
 */
public record Report(
        String experiment,
        List<Arm> arms,
        ExperimentEffects effects,
        List<NonInferiority> guardrails,
        List<Completion> completion,
        List<HeavyListener> heavy,
        List<CappedEffect> capped,
        List<AdjustedEffect> adjusted,
        List<DayEffect> days,
        List<ArmQuantile> quantiles,
        List<SessionLengths> lengths,
        Span span,
        LogFacts log,
        ReadingOptions reading,
        ReportOptions options) {

    /** How likely a difference is found that is called detectable. */
    public static final double POWER = 0.8;

    /**
     * The days of an experiment, in the report's zone.
     *
     * @param first when the first listener arrived
     * @param last when the log ends
     */
    public record Span(LocalDate first, LocalDate last) {
        static Span of(ExperimentData data) {
            long arrived = data.listeners().stream()
                    .mapToLong(ExposedListener::arrivedAt)
                    .min()
                    .orElse(data.lastEventAt());
            return new Span(day(arrived, data.options()), day(data.lastEventAt(), data.options()));
        }

        private static LocalDate day(long millis, ReadingOptions options) {
            return Instant.ofEpochMilli(millis).atZone(options.zone()).toLocalDate();
        }

        @Override
        public String toString() {
            return first.equals(last) ? first.toString() : first + " to " + last;
        }
    }

    /**
     * An arm.
     *
     * @param name its name
     * @param exposed listeners who were seen in it
     * @param counted those of them with a session that ended, of whom means per session are
     * @param sessions their sessions
     * @param recommended how many different tracks were recommended in it
     * @param coverage the share of the catalog that those are; NaN if the catalog is not known
     */
    public record Arm(String name, long exposed, long counted, long sessions, long recommended, double coverage) {}

    /**
     * Compares every other arm with control. A broken split withholds everything but the arms.
     *
     * @throws ReportException if there are fewer than two arms, fewer than two listeners in an arm, or the options do not fit
     */
    public static Report of(ExperimentData data, ReportOptions options) {
        options.check(data.options().facts());
        try {
            return new ReportMaking(data, options, arms(data, options)).report();
        } catch (IllegalArgumentException e) {
            throw new ReportException(String.valueOf(e.getMessage()));
        }
    }

    /** Those in the log and those with a weight, control first. */
    private static List<String> arms(ExperimentData data, ReportOptions options) {
        TreeSet<String> arms = ExperimentData.inOrder();
        arms.addAll(data.arms());
        if (!options.weights().isEmpty()) {
            arms.addAll(options.weights().keySet());
            if (!options.weights().keySet().containsAll(arms)) {
                TreeSet<String> strangers = new TreeSet<>(arms);
                strangers.removeAll(options.weights().keySet());
                String unknown = String.join(", ", strangers);
                throw new ReportException("the log has listeners in arm " + unknown + " of " + data.name()
                        + ", and weights are configured of "
                        + String.join(", ", new TreeSet<>(options.weights().keySet()))
                        + ": rename an arm in the configuration or in --weights to " + unknown
                        + ", or begin an experiment of another name");
            }
        }
        if (arms.size() < 2) {
            throw new ReportException(
                    arms.isEmpty()
                            ? "the log has no listener whose arm of " + data.name() + " was drawn"
                                    + inTwoArms(data.log())
                            : "the experiment " + data.name() + " has one arm in the log, " + arms.first()
                                    + "; an effect takes two");
        }
        List<String> ordered = new ArrayList<>(arms);
        String control = options.control();
        if (control != null) {
            if (!ordered.remove(control)) {
                throw new ReportException(
                        data.name() + " has no arm " + control + "; it has: " + String.join(", ", arms));
            }
            ordered.add(0, control);
        }
        return ordered;
    }

    /**
     * Whether the test keeps its promise on these listeners: they are split anew, again and again.
     *
     * @param assignment the rule that experiments are split by
     * @param runs how many splits, ≥ 1
     * @throws ReportException if the metric is not known, or its values do not do for a test
     */
    public static SelfTest selfTest(
            ExperimentData data, ReportOptions options, SelfTest.Assignment assignment, int runs) {
        try {
            ListenerMetric metric =
                    ListenerMetric.named(options.primary(), data.options().facts());
            if (!metric.isMean()) {
                throw new IllegalArgumentException("the self-test splits listeners with a value each, and "
                        + options.primary() + " is a ratio of sums; name a mean with --primary");
            }
            List<ExposedListener> counted = data.listeners().stream()
                    .filter(listener -> Double.isFinite(metric.value(listener.totals()))
                            && (listener.hasFinished() || !data.options().rule().onlyLast()))
                    .toList();
            return SelfTest.run(
                    counted.stream().map(ExposedListener::listener).toList(),
                    counted.stream()
                            .mapToDouble(listener -> metric.value(listener.totals()))
                            .toArray(),
                    assignment,
                    runs,
                    options.alpha());
        } catch (IllegalArgumentException e) {
            throw new ReportException(String.valueOf(e.getMessage()));
        }
    }

    private static String inTwoArms(LogFacts log) {
        return log.switched() == 0
                ? ""
                : String.format(Locale.ROOT, " and stayed: %,d listeners are in two arms and left out", log.switched());
    }

    /** The verdict on an effect; withheld where it compares different kinds of listeners. */
    public Verdict verdict(Effect effect) {
        return isWithheld(effect) ? Verdict.WITHHELD : effect.verdict();
    }

    /** Whether an effect's test, taken by itself, shows a difference; false where the verdict is withheld. */
    boolean isSignificant(Effect effect) {
        return !isWithheld(effect) && effect.significant();
    }

    /** Whether a guardrail holds; false where the verdict on its metric is withheld. */
    boolean isPassed(NonInferiority guardrail) {
        return !isWithheld(guardrail.metric().name(), guardrail.arm()) && guardrail.isPassed();
    }

    boolean isWithheld(Effect effect) {
        return isWithheld(effect.metric().name(), effect.arm());
    }

    /** Whether nothing can be told of a treatment by this metric, since the arms' listeners do not finish sessions alike. */
    boolean isWithheld(String metric, String arm) {
        return !ListenerMetric.named(metric, reading.facts()).isOfEveryone()
                && completion.stream().anyMatch(shares -> shares.arm().equals(arm) && shares.isDifferent());
    }

    /**
     * The smallest effect on a metric that the listeners there are would most likely have shown, as a fraction of control's
     * mean; NaN if there is nothing to measure it by, or the verdict is withheld.
     */
    public double detectable(Effect effect) {
        if (isWithheld(effect)) {
            return Double.NaN;
        }
        return Power.detectableDifference(effect.control(), effect.treatment(), options.alpha(), POWER)
                / effect.controlMean();
    }

    /** The verdicts, one sentence for each treatment, or why nothing can be said. Each holds for one look at the log. */
    public List<String> verdicts() {
        return new ReportSentences(this).verdicts();
    }

    /** The same for looking again and again: by the effects over days. Empty if none is known. */
    public List<String> alwaysValidVerdicts() {
        return new ReportSentences(this).alwaysValidVerdicts();
    }

    /** The verdicts on the guardrails, a sentence for each. */
    public List<String> guardrailVerdicts() {
        return new ReportSentences(this).guardrails();
    }

    /** How small an effect would have been found, a sentence for each treatment. */
    public List<String> sensitivity() {
        return new ReportSentences(this).sensitivity();
    }

    /** Notes for the reader on how the figures came about. */
    public List<String> notes() {
        return new ReportSentences(this).notes();
    }
}

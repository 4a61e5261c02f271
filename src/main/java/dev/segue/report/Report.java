package dev.segue.report;

import dev.segue.analysis.Effect;
import dev.segue.analysis.ExperimentEffects;
import dev.segue.analysis.Metric;
import dev.segue.analysis.NonInferiority;
import dev.segue.analysis.Power;
import dev.segue.analysis.Sample;
import dev.segue.analysis.SampleRatio;
import dev.segue.analysis.SelfTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an experiment did to its listeners.
 *
 * @param experiment its name
 * @param arms the arms, control first
 * @param effects of each treatment on each metric, or why they are withheld
 * @param guardrails what the options ask to be guarded, for each treatment
 * @param adjusted the effects on the primary metric, adjusted for what listeners did before; empty if none was there
 * @param days what was known of the primary metric at the end of each day, for each treatment
 * @param quantiles of each arm; empty if single observations were not kept
 * @param lengths how each arm's sessions are distributed; empty likewise
 * @param log what was met in the log
 * @param reading how the log was read
 * @param options what was asked for
 */
public record Report(
        String experiment,
        List<Arm> arms,
        ExperimentEffects effects,
        List<NonInferiority> guardrails,
        List<AdjustedEffect> adjusted,
        List<DayEffect> days,
        List<ArmQuantile> quantiles,
        List<SessionLengths> lengths,
        LogFacts log,
        ReadingOptions reading,
        ReportOptions options) {

    /** How likely a difference is found that is called detectable. */
    public static final double POWER = 0.8;

    /**
     * An arm.
     *
     * @param name its name
     * @param exposed listeners who were seen in it
     * @param counted those of them with a session that ended, of whom the effects are
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
        List<String> names = arms(data, options);
        List<Arm> arms = new ArrayList<>();
        List<List<ExposedListener>> listeners = new ArrayList<>();
        for (String name : names) {
            List<ExposedListener> exposed = data.exposedTo(name);
            List<ExposedListener> counted = exposed.stream()
                    .filter(listener -> listener.totals().sessions() > 0)
                    .toList();
            arms.add(arm(name, exposed.size(), counted, data));
            listeners.add(counted);
        }
        try {
            return of(data, arms, listeners, options);
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
                throw new ReportException("the log has the arms " + String.join(", ", data.arms()) + " of "
                        + data.name() + ", and weights are given of "
                        + String.join(", ", options.weights().keySet()));
            }
        }
        if (arms.size() < 2) {
            throw new ReportException(
                    arms.isEmpty()
                            ? "the log has no listener whose arm of " + data.name() + " was drawn"
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

    private static void requireListeners(ExperimentData data, List<Arm> arms) {
        for (Arm arm : arms) {
            if (arm.counted() < 2) {
                throw new ReportException(String.format(
                        Locale.ROOT,
                        "arm %s of %s has %s with a session that ended; an effect takes at least 2",
                        arm.name(),
                        data.name(),
                        arm.counted() == 1 ? "1 listener" : "no listeners"));
            }
        }
    }

    private static Arm arm(String name, int exposed, List<ExposedListener> counted, ExperimentData data) {
        long sessions = counted.stream()
                .mapToLong(listener -> listener.totals().sessions())
                .sum();
        int recommended = data.recommended().getOrDefault(name, Set.of()).size();
        int tracks = data.options().facts().tracks();
        return new Arm(
                name,
                exposed,
                counted.size(),
                sessions,
                recommended,
                tracks == 0 ? Double.NaN : (double) recommended / tracks);
    }

    private static Report of(
            ExperimentData data, List<Arm> arms, List<List<ExposedListener>> listeners, ReportOptions options) {
        TrackFacts facts = data.options().facts();
        ListenerMetric primary = ListenerMetric.named(options.primary(), facts);
        SampleRatio split = sampleRatio(arms, options);
        if (split.isMismatch()) {
            return new Report(
                    data.name(),
                    arms,
                    new ExperimentEffects(primary.metric(), split, List.of()),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    data.log(),
                    data.options(),
                    options);
        }
        requireListeners(data, arms);
        var effects = ExperimentEffects.of(options.primary(), split, effects(arms, listeners, facts, options));
        List<String> names = arms.stream().map(Arm::name).toList();
        List<DayEffect> days = new ArrayList<>();
        for (int arm = 1; arm < arms.size(); arm++) {
            days.addAll(DayEffect.of(
                    primary, names.get(arm), arms.size() - 1, listeners.get(0), listeners.get(arm), data, options));
        }
        return new Report(
                data.name(),
                arms,
                effects,
                guardrails(effects.effects(), facts, options),
                AdjustedEffect.of(primary, names, listeners, options),
                days,
                ArmQuantile.of(data, names, listeners, options.alpha()),
                SessionLengths.of(data, names, listeners),
                data.log(),
                data.options(),
                options);
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
        List<ExposedListener> counted = data.listeners().stream()
                .filter(listener -> listener.totals().sessions() > 0)
                .toList();
        try {
            ListenerMetric metric =
                    ListenerMetric.named(options.primary(), data.options().facts());
            if (!metric.isMean()) {
                throw new IllegalArgumentException("the self-test splits listeners with a value each, and "
                        + options.primary() + " is a ratio of sums; name a mean with --primary");
            }
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

    private static SampleRatio sampleRatio(List<Arm> arms, ReportOptions options) {
        return SampleRatio.of(
                arms.stream().map(Arm::exposed).toList(),
                arms.stream()
                        .map(arm -> options.weights().getOrDefault(arm.name(), 1.0))
                        .toList());
    }

    private static List<Effect> effects(
            List<Arm> arms, List<List<ExposedListener>> listeners, TrackFacts facts, ReportOptions options) {
        List<Effect> effects = new ArrayList<>();
        for (int arm = 1; arm < arms.size(); arm++) {
            for (ListenerMetric metric : ListenerMetric.of(facts)) {
                Sample control = metric.sample(listeners.get(0), ExposedListener::totals);
                Sample treatment = metric.sample(listeners.get(arm), ExposedListener::totals);
                if (control != null && treatment != null) {
                    effects.add(Effect.of(
                            metric.metric(),
                            arms.get(arm).name(),
                            control,
                            treatment,
                            options.interval(),
                            options.alpha()));
                }
            }
        }
        return effects;
    }

    /** @throws IllegalArgumentException if a guarded metric is not known */
    private static List<NonInferiority> guardrails(List<Effect> effects, TrackFacts facts, ReportOptions options) {
        List<NonInferiority> guardrails = new ArrayList<>();
        new TreeMap<>(options.guardrails()).forEach((name, margin) -> {
            Metric metric = ListenerMetric.named(name, facts).metric();
            effects.stream()
                    .filter(effect -> effect.metric().equals(metric))
                    .forEach(effect -> guardrails.add(NonInferiority.relative(
                            metric, effect.arm(), effect.control(), effect.treatment(), margin, options.alpha())));
        });
        return guardrails;
    }

    /**
     * The smallest effect on a metric that the listeners there are would most likely have shown, as a fraction of control's
     * mean; NaN if there is nothing to measure it by.
     */
    public double detectable(Effect effect) {
        return Power.detectableDifference(effect.control(), effect.treatment(), options.alpha(), POWER)
                / effect.controlMean();
    }

    /** What came of it, one sentence for each treatment, or why nothing can be said. Each holds for one look at the log. */
    public List<String> verdicts() {
        return new ReportSentences(this).verdicts();
    }

    /** The same for looking again and again: by the effects over days. Empty if none is known. */
    public List<String> standing() {
        return new ReportSentences(this).standing();
    }

    /** What the guardrails say, a sentence for each. */
    public List<String> guardrailVerdicts() {
        return new ReportSentences(this).guardrails();
    }

    /** How small an effect would have been found, a sentence for each treatment. */
    public List<String> sensitivity() {
        return new ReportSentences(this).sensitivity();
    }

    /** What a reader should know of how the figures came about. */
    public List<String> notes() {
        return new ReportSentences(this).notes();
    }
}

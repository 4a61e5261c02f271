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
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

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
        if (data.arms().size() < 2) {
            throw new ReportException("the experiment " + data.name() + " has one arm in the log, "
                    + String.join(", ", data.arms()) + "; an effect takes two");
        }
        List<Arm> arms = new ArrayList<>();
        List<List<ExposedListener>> listeners = new ArrayList<>();
        for (String name : data.arms()) {
            List<ExposedListener> exposed = data.exposedTo(name);
            List<ExposedListener> counted = exposed.stream()
                    .filter(listener -> listener.totals().sessions() > 0)
                    .toList();
            if (counted.size() < 2) {
                throw new ReportException("arm " + name + " of " + data.name() + " has " + counted.size()
                        + " listeners with a session that ended; an effect takes at least 2");
            }
            arms.add(arm(name, exposed.size(), counted, data));
            listeners.add(counted);
        }
        try {
            return of(data, arms, listeners, options);
        } catch (IllegalArgumentException e) {
            throw new ReportException(String.valueOf(e.getMessage()));
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
        var effects = ExperimentEffects.of(
                options.primary(), sampleRatio(arms, options), effects(arms, listeners, facts, options));
        if (effects.withheld() != null) {
            return new Report(
                    data.name(), arms, effects, List.of(), List.of(), List.of(), List.of(), List.of(), options);
        }
        List<DayEffect> days = new ArrayList<>();
        for (int arm = 1; arm < arms.size(); arm++) {
            days.addAll(
                    DayEffect.of(primary, data.arms().get(arm), listeners.get(0), listeners.get(arm), data, options));
        }
        return new Report(
                data.name(),
                arms,
                effects,
                guardrails(effects.effects(), facts, options),
                AdjustedEffect.of(primary, data.arms(), listeners, options),
                days,
                ArmQuantile.of(data, data.arms(), listeners, options.alpha()),
                SessionLengths.of(data, data.arms(), listeners),
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
        List<Double> equal = Collections.nCopies(arms.size(), 1.0);
        return SampleRatio.of(
                arms.stream().map(Arm::exposed).toList(), Objects.requireNonNullElse(options.weights(), equal));
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

    /** What came of it, one sentence for each treatment, or why nothing can be said. */
    public List<String> verdicts() {
        String withheld = effects.withheld();
        if (withheld != null) {
            return List.of("No verdict: " + withheld + ".");
        }
        return effects.effects().stream()
                .filter(effect -> effect.metric().equals(effects.primary()))
                .map(this::verdict)
                .toList();
    }

    /** What the guardrails say, a sentence for each. */
    public List<String> guardrailVerdicts() {
        return guardrails.stream()
                .map(guardrail -> String.format(
                        Locale.ROOT,
                        "Guardrail %s of %s: %s (at most %.1f%% worse asked for; bound %s, p = %.2g).",
                        guardrail.metric().name(),
                        guardrail.arm(),
                        guardrail.isPassed() ? "passed" : "NOT PASSED",
                        100 * guardrail.margin(),
                        Double.isFinite(guardrail.bound()) ? percent(guardrail.bound()) + "%" : "unbounded",
                        guardrail.pValue()))
                .toList();
    }

    private String verdict(Effect effect) {
        String control = arms.get(0).name();
        String verb = switch (effect.verdict()) {
            case BETTER -> " beats " + control;
            case WORSE -> " is worse than " + control;
            case DIFFERENT -> " differs from " + control;
            case UNCLEAR -> " is not shown to differ from " + control;
            case UNTESTABLE -> " cannot be compared with " + control;
        };
        String by = switch (effect.verdict()) {
            case BETTER, WORSE, DIFFERENT -> ", by ";
            case UNCLEAR -> ": ";
            case UNTESTABLE -> ", since no listener differs from another: ";
        };
        return String.format(
                Locale.ROOT,
                "%s%s on %s%s%s; %,d listeners.",
                effect.arm(),
                verb,
                effect.metric().name(),
                by,
                interval(effect),
                effect.control().size() + effect.treatment().size());
    }

    private static String interval(Effect effect) {
        if (!effect.relativeInterval().isBounded()) {
            return percent(effect.relative()) + "% (unbounded)";
        }
        return percent(effect.relative()) + "% [" + percent(effect.lower()) + ", " + percent(effect.upper()) + "]";
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.1f", 100 * fraction);
    }
}

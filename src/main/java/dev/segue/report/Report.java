package dev.segue.report;

import dev.segue.analysis.Effect;
import dev.segue.analysis.ExperimentEffects;
import dev.segue.analysis.Sample;
import dev.segue.analysis.SampleRatio;
import dev.segue.analysis.SelfTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What an experiment did to its listeners.
 *
 * @param experiment its name
 * @param arms the arms, control first
 * @param effects of each treatment on each metric, or why they are withheld
 * @param options what was asked for
 */
public record Report(String experiment, List<Arm> arms, ExperimentEffects effects, ReportOptions options) {

    public Report {
        arms = List.copyOf(arms);
    }

    /**
     * An arm.
     *
     * @param name its name
     * @param exposed listeners who were seen in it
     * @param counted those of them with a session that ended, of whom the effects are
     * @param sessions their sessions
     */
    public record Arm(String name, long exposed, long counted, long sessions) {}

    /**
     * Compares every other arm with control.
     *
     * @throws ReportException if there are fewer than two arms, fewer than two listeners in an arm, or the options do not fit
     */
    public static Report of(ExperimentData data, ReportOptions options) {
        if (data.arms().size() < 2) {
            throw new ReportException("the experiment " + data.name() + " has one arm in the log, "
                    + String.join(", ", data.arms()) + "; an effect takes two");
        }
        List<Arm> arms = new ArrayList<>();
        List<List<ListenerTotals>> listeners = new ArrayList<>();
        for (String name : data.arms()) {
            List<ListenerTotals> exposed = data.exposedTo(name);
            List<ListenerTotals> counted =
                    exposed.stream().filter(listener -> listener.sessions() > 0).toList();
            if (counted.size() < 2) {
                throw new ReportException("arm " + name + " of " + data.name() + " has " + counted.size()
                        + " listeners with a session that ended; an effect takes at least 2");
            }
            long sessions = counted.stream().mapToLong(ListenerTotals::sessions).sum();
            arms.add(new Arm(name, exposed.size(), counted.size(), sessions));
            listeners.add(counted);
        }
        try {
            var effects = ExperimentEffects.of(
                    options.primary(), sampleRatio(arms, options), effects(arms, listeners, options));
            return new Report(data.name(), arms, effects, options);
        } catch (IllegalArgumentException e) {
            throw new ReportException(String.valueOf(e.getMessage()));
        }
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
        List<ListenerTotals> counted = data.listeners().stream()
                .filter(listener -> listener.sessions() > 0)
                .toList();
        try {
            ListenerMetric metric = ListenerMetric.named(options.primary());
            return SelfTest.run(
                    counted.stream().map(ListenerTotals::listener).toList(),
                    counted.stream().mapToDouble(metric.value()).toArray(),
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

    private static List<Effect> effects(List<Arm> arms, List<List<ListenerTotals>> listeners, ReportOptions options) {
        List<Effect> effects = new ArrayList<>();
        for (int arm = 1; arm < arms.size(); arm++) {
            for (ListenerMetric metric : ListenerMetric.ALL) {
                effects.add(Effect.of(
                        metric.metric(),
                        arms.get(arm).name(),
                        sample(metric, listeners.get(0)),
                        sample(metric, listeners.get(arm)),
                        options.interval(),
                        options.alpha()));
            }
        }
        return effects;
    }

    private static Sample sample(ListenerMetric metric, List<ListenerTotals> listeners) {
        return Sample.of(listeners.stream().mapToDouble(metric.value()).toArray());
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

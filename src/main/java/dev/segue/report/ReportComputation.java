package dev.segue.report;

import dev.segue.analysis.Completion;
import dev.segue.analysis.Effect;
import dev.segue.analysis.ExperimentEffects;
import dev.segue.analysis.Metric;
import dev.segue.analysis.NonInferiority;
import dev.segue.analysis.Sample;
import dev.segue.analysis.SampleRatio;
import dev.segue.report.Report.Arm;
import dev.segue.report.Report.Span;
import dev.segue.report.reading.ExperimentData;
import dev.segue.report.reading.ExposedListener;
import dev.segue.report.reading.ReportException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Computes the report of an experiment from its listeners. All exposed listeners count. With {@code --unfinished drop}, the
 * original table's rule, only listeners who finished a session count.
 */
public final class ReportComputation {

    private final ExperimentData data;
    private final ReportOptions options;
    private final List<ListenerMetric> metrics;
    private final ListenerMetric primary;
    private final List<String> names;
    private final List<Arm> arms = new ArrayList<>();
    private final List<List<ExposedListener>> exposed = new ArrayList<>();
    private final List<List<ExposedListener>> finished = new ArrayList<>();
    private final List<List<ExposedListener>> counted;
    private final List<Completion> completion = new ArrayList<>();

    /** @param names the arms' names, control first */
    private ReportComputation(ExperimentData data, ReportOptions options, List<String> names) {
        this.data = data;
        this.options = options;
        this.names = names;
        metrics = ListenerMetric.of(data.options().facts());
        primary = ListenerMetric.named(options.primary(), data.options().facts());
        for (String name : names) {
            exposed.add(data.exposedTo(name));
            finished.add(data.exposedTo(name).stream()
                    .filter(ExposedListener::hasFinished)
                    .toList());
            arms.add(arm(names.indexOf(name)));
        }
        counted = data.options().rule().onlyLast() ? finished : exposed;
        for (int arm = 1; arm < names.size(); arm++) {
            completion.add(Completion.of(
                    names.get(arm),
                    arms.get(0).counted(),
                    arms.get(0).exposed(),
                    arms.get(arm).counted(),
                    arms.get(arm).exposed()));
        }
    }

    /**
     * Compares each treatment with control. A broken split withholds everything but the arms.
     *
     * @throws ReportException if there are fewer than two arms, fewer than two listeners in an arm, or the options do not fit
     *     the data
     */
    public static Report of(ExperimentData data, ReportOptions options) {
        options.check(data.options().facts());
        try {
            return new ReportComputation(data, options, ArmOrder.of(data, options)).report();
        } catch (IllegalArgumentException e) {
            throw new ReportException(String.valueOf(e.getMessage()));
        }
    }

    private Arm arm(int index) {
        String name = names.get(index);
        int recommended = data.recommended().getOrDefault(name, 0);
        int tracks = data.options().facts().tracks();
        return new Arm(
                name,
                exposed.get(index).size(),
                finished.get(index).size(),
                finished.get(index).stream()
                        .mapToLong(listener -> listener.totals().sessions())
                        .sum(),
                recommended,
                tracks == 0 ? Double.NaN : (double) recommended / tracks);
    }

    private Report report() {
        SampleRatio split = sampleRatio();
        if (split.isMismatch()) {
            return report(
                    new ExperimentEffects(primary.metric(), split, List.of()),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());
        }
        requireListeners();
        var effects = ExperimentEffects.of(options.primary(), split, effects());
        List<DayEffect> days = new ArrayList<>();
        for (int arm = 1; arm < arms.size(); arm++) {
            days.addAll(DayEffect.of(
                    primary, names.get(arm), arms.size() - 1, counted.get(0), counted.get(arm), data, options));
        }
        Double cap = options.cap();
        return report(
                effects,
                guardrails(effects.effects()),
                cap == null ? List.of() : CappedEffect.of(cap, metrics, names, counted, options),
                AdjustedEffect.of(primary, names, counted, options),
                days,
                hasSessions() ? ArmQuantile.of(data, names, finished, options.alpha()) : List.of(),
                hasSessions() ? SessionLengths.of(data, names, finished) : List.of());
    }

    private Report report(
            ExperimentEffects effects,
            List<NonInferiority> guardrails,
            List<CappedEffect> capped,
            List<AdjustedEffect> adjusted,
            List<DayEffect> days,
            List<ArmQuantile> quantiles,
            List<SessionLengths> lengths) {
        List<HeavyListener> heavy = new ArrayList<>();
        for (int arm = 0; arm < arms.size(); arm++) {
            heavy.addAll(HeavyListener.of(names.get(arm), exposed.get(arm)));
        }
        return new Report(
                data.name(),
                arms,
                effects,
                guardrails,
                completion,
                heavy,
                capped,
                adjusted,
                days,
                quantiles,
                lengths,
                Span.of(data),
                data.log(),
                data.options(),
                options);
    }

    private SampleRatio sampleRatio() {
        return SampleRatio.of(
                arms.stream().map(Arm::exposed).toList(),
                arms.stream()
                        .map(arm -> options.weights().getOrDefault(arm.name(), 1.0))
                        .toList());
    }

    private boolean hasSessions() {
        return finished.stream().allMatch(listeners -> listeners.size() >= 2);
    }

    private void requireListeners() {
        for (int arm = 0; arm < arms.size(); arm++) {
            boolean ofEveryone =
                    primary.isOfEveryone() && !data.options().rule().onlyLast();
            int enough =
                    ofEveryone ? exposed.get(arm).size() : finished.get(arm).size();
            if (enough < 2) {
                throw new ReportException(String.format(
                        Locale.ROOT,
                        "arm %s of %s has %s%s; an effect takes at least 2",
                        names.get(arm),
                        data.name(),
                        enough == 1 ? "1 listener" : "no listeners",
                        ofEveryone ? "" : " with a session that ended" + ofExposed(arm)));
            }
        }
    }

    private String ofExposed(int arm) {
        int all = exposed.get(arm).size();
        return all < 2 ? "" : String.format(Locale.ROOT, ", of %,d who were exposed", all);
    }

    private List<Effect> effects() {
        List<Effect> effects = new ArrayList<>();
        for (int arm = 1; arm < arms.size(); arm++) {
            for (ListenerMetric metric : metrics) {
                List<List<ExposedListener>> of = metric.isCompletion() ? exposed : counted;
                Sample control = metric.sample(of.get(0));
                Sample treatment = metric.sample(of.get(arm));
                if (control != null && treatment != null) {
                    Effect effect = Effect.of(
                            metric.metric(), names.get(arm), control, treatment, options.interval(), options.alpha());
                    effects.add(metric.isCompletion() ? effect.withProportionTest(completion.get(arm - 1)) : effect);
                }
            }
        }
        return effects;
    }

    /** @throws IllegalArgumentException if a guarded metric is not known */
    private List<NonInferiority> guardrails(List<Effect> effects) {
        List<NonInferiority> guardrails = new ArrayList<>();
        new TreeMap<>(options.guardrails()).forEach((name, margin) -> {
            Metric metric = ListenerMetric.named(name, data.options().facts()).metric();
            effects.stream()
                    .filter(effect -> effect.metric().equals(metric))
                    .forEach(effect -> guardrails.add(NonInferiority.relative(
                            metric, effect.arm(), effect.control(), effect.treatment(), margin, options.alpha())));
        });
        return guardrails;
    }
}

package dev.segue.report;

import dev.segue.analysis.Completion;
import dev.segue.analysis.Effect;
import dev.segue.analysis.ExperimentEffects;
import dev.segue.analysis.NonInferiority;
import dev.segue.analysis.Power;
import dev.segue.analysis.Verdict;
import dev.segue.report.reading.ExperimentData;
import dev.segue.report.reading.ExposedListener;
import dev.segue.report.reading.LogFacts;
import dev.segue.report.reading.ReadingOptions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * The results of an experiment.
 *
 * @param experiment the name of the experiment
 * @param arms the arms, control first
 * @param effects the effects of each treatment on each metric, or the reason why they are withheld
 * @param guardrails the tests of the guardrails, for each treatment
 * @param completion the numbers of listeners who finished a session, for each treatment compared with control
 * @param heavy listeners with a large share of their arm's sessions or time
 * @param capped the effects on winsorized sums; empty without the option
 * @param adjusted the effects on the primary metric, adjusted for the listeners' behaviour before the experiment; empty if
 *     there are no values from before
 * @param days the effects on the primary metric at the end of each day, for each treatment
 * @param quantiles the quantiles of each arm; empty if single observations were not kept
 * @param lengths the distribution of each arm's session lengths; empty if single observations were not kept
 * @param span the days of the experiment
 * @param log facts on the log
 * @param reading the options for reading the log
 * @param options the options of the report
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

    /** The power that defines a detectable effect. */
    public static final double POWER = 0.8;

    /**
     * The days of an experiment, in the time zone of the report.
     *
     * @param first the day on which the first listener arrived
     * @param last the day on which the log ends
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
     * @param name the name of the arm
     * @param exposed the number of exposed listeners
     * @param counted the number of exposed listeners with an ended session, over whom means per session are computed
     * @param sessions the number of their sessions
     * @param recommended the number of different tracks that were recommended
     * @param coverage the share of the catalog that was recommended; NaN if the catalog is unknown
     */
    public record Arm(String name, long exposed, long counted, long sessions, long recommended, double coverage) {}

    /** The verdict on an effect. It is withheld if the effect compares different kinds of listeners. */
    public Verdict verdict(Effect effect) {
        return isWithheld(effect) ? Verdict.WITHHELD : effect.verdict();
    }

    /** Whether an effect is significant without a correction for multiple tests; false if the verdict is withheld. */
    public boolean isSignificant(Effect effect) {
        return !isWithheld(effect) && effect.significant();
    }

    /** Whether a guardrail is passed; false if the verdict on its metric is withheld. */
    public boolean isPassed(NonInferiority guardrail) {
        return !isWithheld(guardrail.metric().name(), guardrail.arm()) && guardrail.isPassed();
    }

    public boolean isWithheld(Effect effect) {
        return isWithheld(effect.metric().name(), effect.arm());
    }

    /** Whether the verdict on a metric and a treatment is withheld, because the arms' listeners do not finish sessions alike. */
    public boolean isWithheld(String metric, String arm) {
        return !isOfEveryone(metric)
                && completion.stream().anyMatch(shares -> shares.arm().equals(arm) && shares.isDifferent());
    }

    /** Whether listeners without a finished session count in a metric, as 0. */
    public boolean isOfEveryone(String metric) {
        return ListenerMetric.named(metric, reading.facts()).isOfEveryone();
    }

    /** The minimum detectable effect, as a fraction of control's mean; NaN if it is not defined or the verdict is withheld. */
    public double detectable(Effect effect) {
        if (isWithheld(effect)) {
            return Double.NaN;
        }
        return Power.detectableDifference(effect.control(), effect.treatment(), options.alpha(), POWER)
                / effect.controlMean();
    }
}

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

    /** The verdict on an effect; withheld where it compares different kinds of listeners. */
    public Verdict verdict(Effect effect) {
        return isWithheld(effect) ? Verdict.WITHHELD : effect.verdict();
    }

    /** Whether an effect's test, taken by itself, shows a difference; false where the verdict is withheld. */
    public boolean isSignificant(Effect effect) {
        return !isWithheld(effect) && effect.significant();
    }

    /** Whether a guardrail holds; false where the verdict on its metric is withheld. */
    public boolean isPassed(NonInferiority guardrail) {
        return !isWithheld(guardrail.metric().name(), guardrail.arm()) && guardrail.isPassed();
    }

    public boolean isWithheld(Effect effect) {
        return isWithheld(effect.metric().name(), effect.arm());
    }

    /** Whether nothing can be told of a treatment by this metric, since the arms' listeners do not finish sessions alike. */
    public boolean isWithheld(String metric, String arm) {
        return !isOfEveryone(metric)
                && completion.stream().anyMatch(shares -> shares.arm().equals(arm) && shares.isDifferent());
    }

    /** Whether listeners without a finished session count in a metric, as 0. */
    public boolean isOfEveryone(String metric) {
        return ListenerMetric.named(metric, reading.facts()).isOfEveryone();
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
}

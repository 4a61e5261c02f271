package dev.segue.report.rendering;

import dev.segue.analysis.Completion;
import dev.segue.analysis.Effect;
import dev.segue.analysis.NonInferiority;
import dev.segue.report.DayEffect;
import dev.segue.report.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** States the results of a report in sentences. */
public final class ReportSentences {

    private final Report report;

    /** Prepares the sentences of a report. */
    public ReportSentences(Report report) {
        this.report = report;
    }

    /** Returns the verdicts, one for each treatment, or the reason why there are none. Each is valid for a single look at the log. */
    public List<String> verdicts() {
        String withheld = report.effects().withheld();
        if (withheld != null) {
            return List.of("No verdict: " + withheld + ".");
        }
        return primary().map(this::primaryVerdict).toList();
    }

    private String primaryVerdict(Effect effect) {
        Completion shares = report.completion().stream()
                .filter(completion -> completion.arm().equals(effect.arm()))
                .findFirst()
                .orElseThrow();
        boolean ofEveryone = report.isOfEveryone(effect.metric().name());
        if (!ofEveryone && shares.isDifferent()) {
            return String.format(
                    Locale.ROOT,
                    "No verdict on %s of %s: the arms' listeners do not finish sessions alike (%s), so that this metric compares"
                            + " different kinds of listeners; time and sessions are of all listeners.",
                    effect.metric().name(),
                    effect.arm(),
                    finished(shares));
        }
        String flag = ofEveryone || shares.isEqual() ? "" : ", of those with a session that ended: " + finished(shares);
        return verdict(effect) + "; " + listeners(effect) + flag + ".";
    }

    private String finished(Completion shares) {
        return String.format(
                Locale.ROOT,
                "%s %,d of %,d, %s %,d of %,d, p = %.2g",
                report.arms().get(0).name(),
                shares.controlFinished(),
                shares.control(),
                shares.arm(),
                shares.treatmentFinished(),
                shares.treatment(),
                shares.pValue());
    }

    private Stream<Effect> primary() {
        return report.effects().effects().stream()
                .filter(effect -> effect.metric().equals(report.effects().primary()));
    }

    /** Returns the verdicts that are valid for repeated looks, from the effects over days; empty if there are none yet. */
    public List<String> alwaysValidVerdicts() {
        Map<String, DayEffect> latest = new LinkedHashMap<>();
        report.days().stream()
                .filter(day -> !report.isWithheld(day.effect()))
                .forEach(day -> latest.put(day.effect().arm(), day));
        return latest.values().stream()
                .map(day -> String.format(
                        Locale.ROOT,
                        "Always valid: %s; the first %s of %s, until %s.",
                        verdict(day.effect()),
                        TableFormats.window(report.reading()),
                        listeners(day.effect()),
                        day.date()))
                .toList();
    }

    private static String listeners(Effect effect) {
        return String.format(
                Locale.ROOT,
                "%,d listeners",
                effect.control().size() + effect.treatment().size());
    }

    private String verdict(Effect effect) {
        String control = report.arms().get(0).name();
        String verb = switch (effect.verdict()) {
            case BETTER -> " beats " + control;
            case WORSE -> " is worse than " + control;
            case DIFFERENT -> " differs from " + control;
            case UNCLEAR -> " is not shown to differ from " + control;
            case UNTESTABLE, WITHHELD -> " cannot be compared with " + control;
        };
        String by = switch (effect.verdict()) {
            case BETTER, DIFFERENT -> ", by ";
            case WORSE, UNCLEAR -> ": ";
            case UNTESTABLE, WITHHELD -> ", since no listener differs from another: ";
        };
        return effect.arm() + verb + " on " + effect.metric().name() + by + interval(effect) + correction(effect);
    }

    /** Returns a remark if the correction for several treatments changes the verdict, since the interval is not corrected. */
    private String correction(Effect effect) {
        boolean isShown = effect.adjustedPValue() < effect.alpha();
        return isShown == effect.significant()
                ? ""
                : String.format(
                        Locale.ROOT,
                        " by itself, but p = %.2g becomes %.2g among %d treatments",
                        effect.pValue(),
                        effect.adjustedPValue(),
                        report.arms().size() - 1);
    }

    private static String interval(Effect effect) {
        if (!Double.isFinite(effect.relative())) {
            return String.format(
                    Locale.ROOT,
                    "%.4f instead of %.4f, without a percentage since control's mean is not above 0",
                    effect.treatmentMean(),
                    effect.controlMean());
        }
        if (!effect.relativeInterval().isBounded()) {
            return percent(effect.relative()) + "% (unbounded)";
        }
        return percent(effect.relative()) + "% [" + percent(effect.lower()) + ", " + percent(effect.upper()) + "]";
    }

    /** Returns the verdicts on the guardrails. */
    public List<String> guardrailVerdicts() {
        return report.guardrails().stream().map(this::guardrail).toList();
    }

    private String guardrail(NonInferiority guardrail) {
        String name = "Guardrail " + guardrail.metric().name() + " of " + guardrail.arm() + ": ";
        if (report.isWithheld(guardrail.metric().name(), guardrail.arm())) {
            return name + "NOT PASSED (cannot be tested: the arms' listeners do not finish sessions alike).";
        }
        if (Double.isNaN(guardrail.pValue())) {
            return name
                    + "NOT PASSED (cannot be tested: no listener differs from another, or control's mean is not above 0).";
        }
        return String.format(
                Locale.ROOT,
                "%s%s (margin: at most %.1f%% worse; bound %s, p = %.2g).",
                name,
                report.isPassed(guardrail) ? "passed" : "NOT PASSED",
                100 * guardrail.margin(),
                Double.isFinite(guardrail.bound()) ? percent(guardrail.bound()) + "%" : "unbounded",
                guardrail.pValue());
    }

    /** Returns the smallest effect with a power of {@link Report#POWER}, for each treatment. */
    public List<String> sensitivity() {
        return primary()
                .filter(effect -> Double.isFinite(report.detectable(effect)))
                .map(effect -> String.format(
                        Locale.ROOT,
                        "With this many listeners, a true effect of %s of %.1f%% would be found in %.0f%% of experiments.",
                        effect.arm(),
                        100 * report.detectable(effect),
                        100 * Report.POWER))
                .toList();
    }

    /** Returns notes on the basis of the figures. */
    public List<String> notes() {
        return new ReportNotes(report).all();
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.1f", 100 * fraction);
    }
}

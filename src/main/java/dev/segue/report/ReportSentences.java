package dev.segue.report;

import dev.segue.analysis.Effect;
import dev.segue.analysis.NonInferiority;
import dev.segue.event.SessionReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What a report says in words. */
final class ReportSentences {

    private final Report report;

    ReportSentences(Report report) {
        this.report = report;
    }

    List<String> verdicts() {
        String withheld = report.effects().withheld();
        if (withheld != null) {
            return List.of("No verdict: " + withheld + ".");
        }
        return primary()
                .map(effect -> verdict(effect) + "; " + listeners(effect) + ".")
                .toList();
    }

    private Stream<Effect> primary() {
        return report.effects().effects().stream()
                .filter(effect -> effect.metric().equals(report.effects().primary()));
    }

    List<String> standing() {
        Map<String, DayEffect> latest = new LinkedHashMap<>();
        report.days().forEach(day -> latest.put(day.effect().arm(), day));
        return latest.values().stream()
                .map(day -> String.format(
                        Locale.ROOT,
                        "However often one looks: %s; the first %s of %s, until %s.",
                        verdict(day.effect()),
                        window(),
                        listeners(day.effect()),
                        day.date()))
                .toList();
    }

    private String window() {
        long hours = report.reading().window().toHours();
        return hours == 1 ? "hour" : hours + " hours";
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
            case UNTESTABLE -> " cannot be compared with " + control;
        };
        String by = switch (effect.verdict()) {
            case BETTER, DIFFERENT -> ", by ";
            case WORSE, UNCLEAR -> ": ";
            case UNTESTABLE -> ", since no listener differs from another: ";
        };
        return effect.arm() + verb + " on " + effect.metric().name() + by + interval(effect) + correction(effect);
    }

    /** Where the correction for several treatments decides, since the interval is of this one by itself. */
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
                    "%.4f instead of %.4f, which is no percentage",
                    effect.treatmentMean(),
                    effect.controlMean());
        }
        if (!effect.relativeInterval().isBounded()) {
            return percent(effect.relative()) + "% (unbounded)";
        }
        return percent(effect.relative()) + "% [" + percent(effect.lower()) + ", " + percent(effect.upper()) + "]";
    }

    List<String> guardrails() {
        return report.guardrails().stream().map(ReportSentences::guardrail).toList();
    }

    private static String guardrail(NonInferiority guardrail) {
        String name = "Guardrail " + guardrail.metric().name() + " of " + guardrail.arm() + ": ";
        if (Double.isNaN(guardrail.pValue())) {
            return name
                    + "NOT PASSED (cannot be tested: no listener differs from another, or control's mean is not above 0).";
        }
        return String.format(
                Locale.ROOT,
                "%s%s (at most %.1f%% worse asked for; bound %s, p = %.2g).",
                name,
                guardrail.isPassed() ? "passed" : "NOT PASSED",
                100 * guardrail.margin(),
                Double.isFinite(guardrail.bound()) ? percent(guardrail.bound()) + "%" : "unbounded",
                guardrail.pValue());
    }

    List<String> sensitivity() {
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

    List<String> notes() {
        List<String> notes = new ArrayList<>();
        leftOut(notes);
        if (report.options().weights().isEmpty()) {
            notes.add("The split is compared with equal weights, since none are given.");
        }
        if (report.log().early() > 0 && !report.adjusted().isEmpty()) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%,d sessions before --from name an arm already: the adjusted effect is right only if all arms were"
                            + " served alike then.",
                    report.log().early()));
        }
        if (report.days().isEmpty() && report.effects().withheld() == null) {
            boolean isMean = ListenerMetric.named(
                            report.options().primary(), report.reading().facts())
                    .isMean();
            notes.add(
                    isMean
                            ? "No effects over days: the first " + window()
                                    + " of two listeners in each arm are not over yet."
                            : "No effects over days: they are of means, and "
                                    + report.options().primary() + " is a ratio of sums.");
        }
        return notes;
    }

    private void leftOut(List<String> notes) {
        SessionReader.Counts counts = report.log().counts();
        Map<String, Long> odd = new LinkedHashMap<>();
        odd.put("unfinished sessions", counts.unfinished());
        odd.put("stray events", counts.stray());
        odd.put("torn lines", counts.tornLines());
        odd.put("listeners in two arms", report.log().switched());
        odd.put("forced listeners", report.log().forced());
        List<String> some = odd.entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .map(count -> String.format(Locale.ROOT, "%,d %s", count.getValue(), count.getKey()))
                .toList();
        if (!some.isEmpty()) {
            notes.add("Left out: " + String.join(", ", some) + ".");
        }
        if (counts.unexpected() > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%,d tracks were not the recommended ones: listeners chose otherwise, or sessions are"
                            + " mixed up.",
                    counts.unexpected()));
        }
        if (counts.backwards() > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%,d events are earlier than the one before: a clock was set back.",
                    counts.backwards()));
        }
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.1f", 100 * fraction);
    }
}

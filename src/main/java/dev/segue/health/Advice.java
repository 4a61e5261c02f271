package dev.segue.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sentences that recommend a recommender with the evidence for it, or name the data that are missing. */
final class Advice {

    private static final String REMEDY = "Serve an arm that explores, of type random or with \"best\": 50, and log on.";

    private Advice() {}

    static List<String> of(HealthReport report) {
        Lifts lifts = report.lifts();
        Lifts.Basis basis = lifts.basis();
        if (basis == null) {
            return List.of("This log does not show which recommender to serve: it has no propensities. " + REMEDY);
        }
        Optional<RecommenderLift> best = lifts.best();
        RecommenderLift.Estimated estimate = best.map(RecommenderLift::best).orElse(null);
        if (best.isEmpty() || estimate == null) {
            return List.of("This log does not show which recommender to serve: it supports no estimate. " + REMEDY);
        }
        String name = best.get().recommender();
        if (!estimate.isBetter()) {
            return List.of(Format.text(
                    "This log does not show a recommender to be better than `%s`, the logging policy: the largest lower bound"
                            + " of a lift is %s, of `%s`.",
                    basis.recommender(), Format.change(estimate.interval().lower()), name));
        }
        List<String> sentences = new ArrayList<>();
        sentences.add(Format.text(
                "Serve `%s`, %s: its lift over `%s`, the logging policy, is %s %s.",
                name,
                configured(estimate.variant()),
                basis.recommender(),
                Format.change(estimate.lift()),
                Format.changes(estimate.interval())));
        if (lifts.lead() != null) {
            sentences.add(lead(lifts.lead()));
        }
        sentences.add(settings(name, estimate.variant()));
        if (best.get().learned()) {
            sentences.add(Format.text(
                    "`%s` is learned: if it was learned from this log, its lift is too high. Confirm it in an experiment.",
                    name));
        }
        return sentences;
    }

    /** How the recommender is configured in a variant. */
    private static String configured(Variant variant) {
        List<String> parts = new ArrayList<>();
        parts.add(variant.best() == 0 ? "as it is configured" : "drawing from its " + variant.best() + " best tracks");
        if (variant.context() != null) {
            parts.add("by the neighbours of the " + variant.context().text() + " track");
        }
        parts.add(variant.rules().isEmpty() ? "without session rules" : "under the rules " + variant.ruleNames());
        return String.join(", ", parts);
    }

    private static String lead(Lifts.Lead lead) {
        return Format.text(
                lead.interval().lower() > 0
                        ? "Its share played is %s %s above that of the second, `%s`."
                        : "The log does not show the second, `%3$s`, to be worse: the difference is %1$s %2$s.",
                Format.change(lead.change()),
                Format.changes(lead.interval()),
                lead.second());
    }

    /** The configuration of a variant, as a sentence. */
    private static String settings(String name, Variant variant) {
        List<String> settings = new ArrayList<>();
        if (variant.best() > 0) {
            settings.add("\"best\": " + variant.best());
        }
        if (variant.context() != null) {
            settings.add("\"context\": \"" + variant.context().text() + "\"");
        }
        settings.add(
                variant.rules().isEmpty()
                        ? "\"rules\": []"
                        : "\"rules\": [\"" + variant.ruleNames().replace(", ", "\", \"") + "\"]");
        return "In the configuration, recommenders." + name + " needs " + String.join(", ", settings) + ".";
    }

    /** A note that the report has no lift, with the reason; null if it has one. */
    static @Nullable String noteOnMissingLift(HealthReport report) {
        return report.lifts().basis() != null
                ? null
                : Format.text(
                        "no lift: the %,d recommendations have no propensities, the probabilities with which they were chosen; the"
                                + " figures above do not need them",
                        report.facts().repeats().all().recommendations());
    }
}

package dev.segue.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says in sentences which recommender to serve, by which evidence, and what is missing where there is none. */
final class Advice {

    private static final String REMEDY = "Serve an arm that explores, of type random or with \"best\": 50, and log on.";

    private Advice() {}

    static List<String> of(HealthReport report) {
        Lifts lifts = report.lifts();
        Lifts.Basis basis = lifts.basis();
        if (basis == null) {
            return List.of("No recommender can be recommended by this log: it has no propensities. " + REMEDY);
        }
        Optional<RecommenderLift> best = lifts.best();
        RecommenderLift.Estimated estimate = best.map(RecommenderLift::best).orElse(null);
        if (best.isEmpty() || estimate == null) {
            return List.of("No recommender can be recommended by this log: none has an estimate. " + REMEDY);
        }
        String name = best.get().recommender();
        if (!estimate.isBetter()) {
            return List.of(Format.text(
                    "No recommender is better than `%s`, which logged, by this log: the best lower bound of a lift is %s, of `%s`.",
                    basis.recommender(), Format.change(estimate.interval().lower()), name));
        }
        List<String> sentences = new ArrayList<>();
        sentences.add(Format.text(
                "Serve `%s`, %s: its lift over `%s`, which logged, is %s %s.",
                name,
                manner(estimate.variant()),
                basis.recommender(),
                Format.change(estimate.lift()),
                Format.changes(estimate.interval())));
        if (lifts.ahead() != null) {
            sentences.add(ahead(lifts.ahead()));
        }
        sentences.add(settings(name, estimate.variant()));
        if (best.get().learned()) {
            sentences.add(Format.text(
                    "`%s` is learned: if it was learned from this log, its lift is too high. Confirm it in an experiment.",
                    name));
        }
        return sentences;
    }

    private static String manner(Variant variant) {
        List<String> parts = new ArrayList<>();
        parts.add(variant.best() == 0 ? "as it is configured" : "drawing from its " + variant.best() + " best tracks");
        if (variant.context() != null) {
            parts.add("by the neighbours of the " + variant.context().text() + " track");
        }
        parts.add(variant.rules().isEmpty() ? "without session rules" : "under the rules " + variant.ruleNames());
        return String.join(", ", parts);
    }

    private static String ahead(Lifts.Ahead ahead) {
        return Format.text(
                ahead.interval().lower() > 0
                        ? "Its share played is %s %s above that of the second, `%s`."
                        : "The second, `%3$s`, is not shown to be worse: the difference is %1$s %2$s.",
                Format.change(ahead.change()),
                Format.changes(ahead.interval()),
                ahead.second());
    }

    /** What to write into the configuration. */
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

    /** A sentence on what remains without a lift; null if there is one. */
    static @Nullable String withoutLift(HealthReport report) {
        return report.lifts().basis() != null
                ? null
                : Format.text(
                        "no lift: none of the %,d recommendations has a propensity, the probability with which it was chosen; the"
                                + " figures above need none",
                        report.facts().repeats().all().recommendations());
    }
}

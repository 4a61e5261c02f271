package dev.segue.health;

import dev.segue.analysis.Interval;
import dev.segue.id.TrackIds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts a report to nested maps for JSON. Figures that are infinite or NaN are null. */
public final class HealthFigures {

    private HealthFigures() {}

    /** All figures. Shares are fractions of 0 to 1, intervals are lists of their two ends. */
    public static Map<String, @Nullable Object> of(HealthReport report) {
        LogFacts facts = report.facts();
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("sessions", facts.sessions());
        figures.put("listeners", facts.listeners());
        figures.put("repeats", repeats(facts.repeats()));
        figures.put("coverage", coverage(facts.coverage()));
        figures.put(
                "neighbours",
                facts.neighbours().stream().map(HealthFigures::neighbours).toList());
        figures.put("popularity_drift", drift(facts.drift()));
        figures.put("lift", lifts(report));
        figures.put("recommendation", recommendation(report));
        return figures;
    }

    private static Map<String, @Nullable Object> repeats(Repeats repeats) {
        Map<String, @Nullable Object> figures = counts(repeats.all());
        Map<String, Object> byRecommender = new LinkedHashMap<>();
        repeats.byRecommender().forEach((name, counts) -> byRecommender.put(name, counts(counts)));
        figures.put("by_recommender", byRecommender);
        return figures;
    }

    private static Map<String, @Nullable Object> counts(Repeats.Counts counts) {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("sessions", counts.sessions());
        figures.put("sessions_with_repeat", finite(counts.sessionShare()));
        figures.put("recommendations", counts.recommendations());
        figures.put("recommendations_of_tracks_in_session", finite(counts.recommendationShare()));
        return figures;
    }

    private static Map<String, @Nullable Object> coverage(Coverage coverage) {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("tracks", coverage.tracks());
        figures.put("recommended", finite(coverage.recommended() / (double) coverage.tracks()));
        figures.put("played", finite(coverage.played() / (double) coverage.tracks()));
        Map<String, @Nullable Object> by = new LinkedHashMap<>();
        coverage.recommendedBy().forEach((name, count) -> by.put(name, finite(count / (double) coverage.tracks())));
        figures.put("recommended_by", by);
        figures.put("plays", coverage.plays());
        figures.put("plays_of_unknown_tracks", finite(coverage.unknownShare()));
        figures.put(
                "unknown_track",
                coverage.unknownTrack().isPresent()
                        ? TrackIds.json(coverage.unknownTrack().getAsInt())
                        : null);
        return figures;
    }

    private static Map<String, @Nullable Object> neighbours(NeighbourGaps gaps) {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("catalog", gaps.catalog());
        figures.put("tracks_without_neighbours", finite(gaps.trackShare()));
        figures.put("requests", gaps.requests());
        figures.put("previous_track_without", finite(gaps.previousShare()));
        figures.put("first_track_without", finite(gaps.firstShare()));
        return figures;
    }

    private static Map<String, @Nullable Object> drift(PopularityDrift drift) {
        PopularityDrift.Figures observed = drift.observed();
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("span_seconds", drift.span().toSeconds());
        figures.put("spans_a_day", !drift.isTooShort());
        figures.put("total_variation", observed.totalVariation());
        figures.put("total_variation_by_chance", ends(drift.byChance().totalVariation()));
        figures.put("top", observed.top());
        figures.put("top_staying", observed.staying());
        figures.put("top_staying_by_chance", ends(drift.byChance().staying()));
        figures.put("new_plays", observed.newPlays());
        figures.put("new_plays_by_chance", ends(drift.byChance().newPlays()));
        return figures;
    }

    private static Map<String, @Nullable Object> lifts(HealthReport report) {
        Lifts lifts = report.lifts();
        Lifts.Basis basis = lifts.basis();
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("estimator", "SNIPS");
        figures.put("note", Advice.noteOnMissingLift(report));
        if (basis != null) {
            figures.put("logged_by", basis.recommender());
            figures.put("recommendations", basis.decisions());
            figures.put("recommendations_by_others", basis.others());
            figures.put("sessions", basis.sessions());
            figures.put("listeners", basis.listeners());
            figures.put("logged_mean", finite(basis.loggedMean()));
        }
        figures.put(
                "recommenders",
                lifts.recommenders().stream().map(HealthFigures::lift).toList());
        return figures;
    }

    private static Map<String, @Nullable Object> lift(RecommenderLift recommender) {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("recommender", recommender.recommender());
        figures.put("learned", recommender.learned());
        figures.put("variants", recommender.variants());
        figures.put("refusal", recommender.refusal());
        RecommenderLift.Estimated best = recommender.best();
        if (best != null) {
            figures.putAll(variant(best.variant()));
            figures.put("share_played", finite(best.value()));
            figures.put("lift", finite(best.lift()));
            figures.put("interval", ends(best.interval()));
            figures.put("effective_sample_size", finite(best.effectiveSampleSize()));
        }
        return figures;
    }

    private static Map<String, @Nullable Object> variant(Variant variant) {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("best", variant.best() == 0 ? null : variant.best());
        figures.put(
                "context", variant.context() == null ? null : variant.context().text());
        figures.put(
                "rules",
                variant.rules().stream().map(rule -> rule.type().text()).toList());
        return figures;
    }

    private static Map<String, @Nullable Object> recommendation(HealthReport report) {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        RecommenderLift best = report.lifts()
                .best()
                .filter(lift -> lift.best() != null && lift.best().isBetter())
                .orElse(null);
        figures.put("serve", best == null ? null : best.recommender());
        if (best != null && best.best() != null) {
            figures.putAll(variant(best.best().variant()));
        }
        Lifts.Lead lead = report.lifts().lead();
        if (best != null && lead != null) {
            figures.put("second", lead.second());
            figures.put("ahead_of_second", finite(lead.change()));
            figures.put("ahead_interval", ends(lead.interval()));
        }
        figures.put("text", String.join(" ", report.advice()));
        return figures;
    }

    private static List<@Nullable Double> ends(Interval interval) {
        List<@Nullable Double> ends = new ArrayList<>();
        ends.add(finite(interval.lower()));
        ends.add(finite(interval.upper()));
        return ends;
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}

package dev.segue.cli;

import dev.segue.analysis.Interval;
import dev.segue.offpolicy.Estimate;
import dev.segue.offpolicy.LogCounts;
import dev.segue.offpolicy.OpenBanditData;
import dev.segue.offpolicy.TargetPolicy;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints off-policy estimates: the counts of the log, then the values of each policy. */
final class OffPolicyTable {

    private static final String NO_PROPENSITIES =
            "without propensities only the direct method (DM) remains, which is as biased as its model: IPS,"
                    + " SNIPS, DR, Switch-DR, DRos and all estimates for sessions need them; log with a recommender that has them";

    private static final String NO_CLOSED_FORM =
            "no estimates: the recommender does not compute the probabilities of its choices";

    private final String heading;
    private final Map<String, Object> log;
    private final List<String> notes = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();

    /** The estimates of one policy and estimand; without estimates, the text is the reason. */
    private record Part(String policy, String estimand, String text, long size, List<Estimate> estimates) {}

    private OffPolicyTable(String heading, Map<String, Object> log) {
        this.heading = heading;
        this.log = log;
    }

    static OffPolicyTable ofLog(LogCounts counts, int listeners) {
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("listeners", listeners);
        log.put("sessions", counts.sessions());
        log.put("recommendations", counts.decisions());
        log.put("sessions_with_missing_requests", counts.withoutBeginning());
        log.put("sessions_in_other_arms", counts.otherArms());
        log.put("requests_without_recommendation", counts.withoutRecommendation());
        log.put("without_following_event", counts.withoutReward());
        log.put("without_propensity", counts.withoutPropensity());
        log.put("wrong_propensity", counts.wrongPropensity());
        log.put("other_track_played", counts.otherPlayed());
        log.put("tracks_unknown_to_the_catalog", counts.unknownTracks());
        var table = new OffPolicyTable(
                text(
                        "%,d recommendations in %,d sessions of %,d listeners",
                        counts.decisions(), counts.sessions(), listeners),
                log);
        table.note(counts.otherArms(), "sessions left out: they are not in the arm throughout");
        table.note(
                counts.withoutBeginning(), "sessions left out: requests before their last one are missing in the log");
        table.note(counts.withoutRecommendation(), "requests left out: they got no track");
        table.note(counts.withoutReward(), "recommendations left out: the listener's following event is missing");
        table.note(counts.wrongPropensity(), "recommendations left out: their propensity is not above 0 and at most 1");
        table.note(counts.otherPlayed(), "recommendations after which another track was played: their reward is 0");
        table.note(counts.unknownTracks(), "recommended tracks that the catalog does not have: no policy chooses them");
        if (counts.hasPropensities()) {
            table.note(counts.withoutPropensity(), "recommendations left out: they have no propensity");
        } else {
            table.notes.add(NO_PROPENSITIES);
        }
        return table;
    }

    static OffPolicyTable ofOpenBandit(OpenBanditData data) {
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("rows", data.size());
        log.put("without_click", data.withoutReward());
        log.put("without_propensity", data.withoutPropensity());
        log.put("wrong_propensity", data.wrongPropensity());
        var table = new OffPolicyTable(text("%,d rows", data.size()), log);
        table.note(data.withoutReward(), "rows left out: they have no click");
        table.note(data.wrongPropensity(), "rows left out: their propensity is not above 0 and at most 1");
        if (data.hasPropensities()) {
            table.note(data.withoutPropensity(), "rows left out: they have no propensity");
        } else {
            table.notes.add(NO_PROPENSITIES);
        }
        return table;
    }

    private void note(long count, String description) {
        if (count > 0) {
            notes.add(text("%,d %s", count, description));
        }
    }

    /** Warns that the estimates are too high if the policy was learned from the evaluated log. */
    void noteLearned(String policy) {
        notes.add("policy " + policy
                + " is learned: if it was learned from this log, its estimates are too high; evaluate it by"
                + " sessions that were logged after that");
    }

    void add(String policy, TargetPolicy.Result result, int horizon) {
        if (!result.hasClosedForm()) {
            parts.add(new Part(policy, "next playback", NO_CLOSED_FORM, 0, List.of()));
            return;
        }
        parts.add(new Part(
                policy,
                "next playback",
                "mean share played of the next track, if the policy chose it at each moment of the log",
                result.decisions(),
                result.next()));
        if (!result.session().isEmpty()) {
            parts.add(new Part(
                    policy,
                    "session",
                    text(
                                    "sum of the shares played of a session's first %d recommended tracks, if the policy chose them",
                                    horizon)
                            + (result.incomplete() == 0
                                    ? ""
                                    : text(
                                            " (without %,d sessions of which these are not all known)",
                                            result.incomplete())),
                    result.sessions(),
                    result.session()));
        }
    }

    void add(String policy, List<Estimate> estimates, long rows) {
        parts.add(new Part(
                policy,
                "click",
                "mean click of an item, if the policy chose it for each row's position",
                rows,
                estimates));
    }

    /** Whether all weighted estimates of some policy are refused or missing. */
    boolean lacksEstimates() {
        return parts.stream()
                .filter(part -> !part.estimand().equals("session"))
                .anyMatch(part -> part.estimates().stream()
                        .noneMatch(estimate -> !estimate.isRefused() && !Double.isNaN(estimate.effectiveSampleSize())));
    }

    void print(OutputFormat format, PrintWriter out) {
        if (format == OutputFormat.JSON) {
            TableWriter.printJson(figures(), out);
        } else {
            out.println(heading);
            notes.forEach(note -> out.println("note: " + note));
            parts.forEach(part -> print(part, out));
        }
        out.flush();
    }

    private static void print(Part part, PrintWriter out) {
        out.println();
        out.println(text("%s, %s: %s", part.policy(), part.estimand(), part.text()));
        if (part.estimates().isEmpty()) {
            return;
        }
        out.println(text(
                "%-16s %9s  %-20s %-20s %10s", "estimator", "estimate", "95% bootstrap", "95% Bernstein", "effective"));
        for (Estimate estimate : part.estimates()) {
            String name = text("%-16s ", estimate.estimator());
            out.println(
                    estimate.isRefused()
                            ? name + "refused: " + estimate.refusal()
                            : name
                                    + text(
                                                    "%9.5f  %-20s %-20s %10s %s",
                                                    estimate.value(),
                                                    interval(estimate.bootstrap()),
                                                    interval(estimate.bernstein()),
                                                    Double.isNaN(estimate.effectiveSampleSize())
                                                            ? "-"
                                                            : text("%,.0f", estimate.effectiveSampleSize()),
                                                    estimate.parameter())
                                            .stripTrailing());
        }
    }

    private static String interval(@Nullable Interval interval) {
        return interval == null ? "-" : text("[%.5f, %.5f]", interval.lower(), interval.upper());
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("log", log);
        figures.put("notes", notes);
        figures.put("policies", parts.stream().map(OffPolicyTable::figures).toList());
        return figures;
    }

    private static Map<String, Object> figures(Part part) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("policy", part.policy());
        figures.put("estimand", part.estimand());
        figures.put("description", part.text());
        figures.put("size", part.size());
        figures.put(
                "estimates",
                part.estimates().stream().map(OffPolicyTable::figures).toList());
        return figures;
    }

    private static Map<String, @Nullable Object> figures(Estimate estimate) {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("estimator", estimate.estimator());
        figures.put("estimate", TableWriter.finite(estimate.value()));
        figures.put("bootstrap", ends(estimate.bootstrap()));
        figures.put("bernstein", ends(estimate.bernstein()));
        figures.put("effective_sample_size", TableWriter.finite(estimate.effectiveSampleSize()));
        figures.put("parameter", estimate.parameter().isEmpty() ? null : estimate.parameter());
        figures.put("refusal", estimate.refusal());
        return figures;
    }

    private static @Nullable List<@Nullable Double> ends(@Nullable Interval interval) {
        if (interval == null) {
            return null;
        }
        List<@Nullable Double> ends = new ArrayList<>();
        ends.add(TableWriter.finite(interval.lower()));
        ends.add(TableWriter.finite(interval.upper()));
        return ends;
    }
}

package dev.segue.health;

import dev.segue.id.TrackIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Formats a report as a page of text. */
public final class HealthText {

    /** The maximum length of a line, in characters. */
    static final int WIDTH = 120;

    /** The maximum number of recommenders of the log that are listed; the others are counted. */
    private static final int MAX_LISTED = 8;

    private static final int NAME_WIDTH = 14;
    private static final int MAX_NAME_LENGTH = 23;
    private static final double MILLIS_PER_HOUR = 3_600_000;

    private final HealthReport report;
    private final List<String> lines = new ArrayList<>();

    private HealthText(HealthReport report) {
        this.report = report;
    }

    /** The lines of the page. */
    public static List<String> of(HealthReport report) {
        var page = new HealthText(report);
        page.log();
        page.recommenders();
        page.neighbours();
        page.drift();
        page.lifts();
        page.section("Recommendation");
        report.advice().forEach(page::paragraph);
        return page.lines;
    }

    private void section(String title) {
        lines.add("");
        lines.add(title);
    }

    private void line(String format, Object... values) {
        lines.add(("  " + Format.text(format, values)).stripTrailing());
    }

    /** Adds a paragraph, wrapped at spaces. */
    private void paragraph(String text) {
        String rest = "  " + text;
        while (rest.length() > WIDTH) {
            int end = rest.lastIndexOf(' ', WIDTH);
            int cut = end > WIDTH / 2 ? end : WIDTH;
            lines.add(rest.substring(0, cut));
            rest = "    " + rest.substring(cut).strip();
        }
        lines.add(rest);
    }

    /** A name for a table; long names are cut. */
    private static String name(String name) {
        return name.length() <= MAX_NAME_LENGTH ? name : name.substring(0, MAX_NAME_LENGTH - 1) + "…";
    }

    private void log() {
        LogFacts facts = report.facts();
        lines.add(Format.text(
                "%,d plays in %,d sessions of %,d listeners, over %s",
                facts.coverage().plays(),
                facts.sessions(),
                facts.listeners(),
                duration(facts.drift().span())));
    }

    private static String duration(Duration span) {
        double hours = span.toMillis() / MILLIS_PER_HOUR;
        return hours < 48 ? Format.text("%.1f hours", hours) : Format.text("%.1f days", hours / 24);
    }

    private void recommenders() {
        Repeats repeats = report.facts().repeats();
        Coverage coverage = report.facts().coverage();
        section("Repeats");
        line(
                "a track is played twice or more in %s of sessions",
                Format.share(repeats.all().sessionShare()));
        line(
                "%s of recommendations are of a track that was played earlier in the session",
                Format.share(repeats.all().recommendationShare()));
        section("Coverage of the catalog's " + Format.text("%,d", coverage.tracks()) + " tracks");
        line(
                "%s were recommended, %s were played",
                Format.share(coverage.recommended() / (double) coverage.tracks()),
                Format.share(coverage.played() / (double) coverage.tracks()));
        line(
                "%s of plays are of tracks that are not in the catalog%s",
                Format.share(coverage.unknownShare()),
                coverage.unknownTrack().isPresent()
                        ? ", such as " + TrackIds.text(coverage.unknownTrack().getAsInt())
                        : "");
        if (!repeats.byRecommender().isEmpty()) {
            byRecommender(repeats.byRecommender(), coverage);
        }
    }

    private void byRecommender(Map<String, Repeats.Counts> counts, Coverage coverage) {
        section("By the recommender that the log names");
        String row = "%-" + NAME_WIDTH + "s %15s %18s %24s %18s";
        line(row, "recommender", "recommendations", "played before", "sessions with a repeat", "catalog covered");
        counts.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> -entry.getValue().recommendations()))
                .limit(MAX_LISTED)
                .forEach(entry -> line(
                        row,
                        name(entry.getKey()),
                        Format.text("%,d", entry.getValue().recommendations()),
                        Format.share(entry.getValue().recommendationShare()),
                        Format.share(entry.getValue().sessionShare()),
                        Format.share(coverage.recommendedBy().getOrDefault(entry.getKey(), 0L)
                                / (double) coverage.tracks())));
        if (counts.size() > MAX_LISTED) {
            line("and %,d other recommenders", counts.size() - MAX_LISTED);
        }
    }

    private void neighbours() {
        section("Tracks without neighbours, for which a fallback recommends");
        for (NeighbourGaps gaps : report.facts().neighbours()) {
            paragraph(Format.text(
                    "%-27s %s of tracks; the previous track in %s of requests, the session's first in %s",
                    gaps.catalog(),
                    Format.share(gaps.trackShare()),
                    Format.share(gaps.previousShare()),
                    Format.share(gaps.firstShare())));
        }
    }

    private void drift() {
        PopularityDrift drift = report.facts().drift();
        PopularityDrift.Figures observed = drift.observed();
        PopularityDrift.Chance chance = drift.byChance();
        section(
                "Popularity drift: the older half of the sessions against the newer half (by chance: 95% of random halves)");
        line(
                "total variation distance of plays per track %.3f (by chance %.3f to %.3f): %s",
                observed.totalVariation(),
                chance.totalVariation().lower(),
                chance.totalVariation().upper(),
                drift.isBeyondChance() ? "popularity changes" : "no change beyond chance");
        line(
                "%d of the older half's %d most played tracks are among the newer half's (%.0f to %.0f)",
                observed.staying(),
                observed.top(),
                chance.staying().lower(),
                chance.staying().upper());
        line(
                "%s of the newer half's plays are of tracks that are not in the older half (%s to %s)",
                Format.share(observed.newPlays()),
                Format.share(chance.newPlays().lower()),
                Format.share(chance.newPlays().upper()));
        if (drift.isTooShort()) {
            line("note: drift needs a log of several days; this log spans %s", duration(drift.span()));
        }
    }

    private void lifts() {
        section("Offline lift of the share played of the next track");
        Lifts lifts = report.lifts();
        Lifts.Basis basis = lifts.basis();
        if (basis == null) {
            paragraph(String.valueOf(Advice.noteOnMissingLift(report)));
            return;
        }
        basis(basis);
        paragraph(Format.text(
                "SNIPS estimates of one track at a time, each recommender in its best of several variants. The 95%% intervals"
                        + " hold for all %d variants at once (bootstrap over listeners); effective is the effective sample size.",
                lifts.recommenders().stream()
                        .mapToInt(RecommenderLift::variants)
                        .sum()));
        line(
                "%-" + NAME_WIDTH + "s %7s %9s %-22s %9s  %s",
                "recommender",
                "share",
                "lift",
                "95% interval",
                "effective",
                "variant");
        lifts.ranked().forEach(this::lift);
        lifts.recommenders().stream()
                .filter(recommender -> recommender.best() == null)
                .forEach(recommender -> paragraph(Format.text(
                        "%-" + NAME_WIDTH + "s refused: %s",
                        name(recommender.recommender()),
                        String.valueOf(recommender.refusal()))));
        if (lifts.recommenders().stream().anyMatch(RecommenderLift::learned)) {
            line(
                    "* learned: if it was learned from this log, its lift is too high; evaluate it by sessions that were logged later");
        }
        rules(lifts);
    }

    private void basis(Lifts.Basis basis) {
        paragraph(Format.text(
                "Compared with `%s`, which made %,d recommendations in the newest sessions (%,d sessions, %,d listeners), with a"
                        + " mean share played of %.3f.%s",
                basis.recommender(),
                basis.decisions(),
                basis.sessions(),
                basis.listeners(),
                basis.loggedMean(),
                basis.others() == 0
                        ? ""
                        : Format.text(
                                " The %,d of others are left out: they support fewer recommenders.", basis.others())));
    }

    private void lift(RecommenderLift recommender) {
        RecommenderLift.Estimated best = recommender.best();
        if (best != null) {
            line(
                    "%-" + NAME_WIDTH + "s %7.3f %9s %-22s %,9.0f  %s",
                    name(recommender.recommender()) + (recommender.learned() ? "*" : ""),
                    best.value(),
                    Format.change(best.lift()),
                    Format.changes(best.interval()),
                    best.effectiveSampleSize(),
                    best.variant().label());
        }
    }

    private void rules(Lifts lifts) {
        lifts.ranked().stream()
                .map(RecommenderLift::best)
                .filter(best -> best != null && !best.variant().rules().isEmpty())
                .map(best -> best == null ? "" : best.variant().ruleNames())
                .distinct()
                .forEach(names -> line("rules: %s", names));
    }
}

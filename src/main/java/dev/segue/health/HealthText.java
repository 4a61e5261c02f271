package dev.segue.health;

import dev.segue.analysis.Interval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A report as a page of text, at most {@value #WIDTH} characters wide. */
public final class HealthText {

    /** The longest line, in characters. */
    static final int WIDTH = 120;

    /** How many recommenders of the log are listed; the others are counted. */
    private static final int MOST_LISTED = 8;

    private static final int NAME_WIDTH = 14;
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
        report.advice().forEach(page::wrapped);
        return page.lines;
    }

    private void section(String title) {
        lines.add("");
        lines.add(title);
    }

    private void line(String format, Object... values) {
        lines.add(("  " + Format.text(format, values)).stripTrailing());
    }

    /** A paragraph, broken between words. */
    private void wrapped(String text) {
        var line = new StringBuilder(" ");
        for (String word : text.split(" ")) {
            if (line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder("   ");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
    }

    private void log() {
        LogFacts facts = report.facts();
        lines.add(Format.text(
                "%,d plays in %,d sessions of %,d listeners, over %s",
                facts.coverage().plays(),
                facts.sessions(),
                facts.listeners(),
                time(facts.drift().span())));
    }

    private static String time(Duration span) {
        double hours = span.toMillis() / MILLIS_PER_HOUR;
        return hours < 48 ? Format.text("%.1f hours", hours) : Format.text("%.1f days", hours / 24);
    }

    private void recommenders() {
        Repeats repeats = report.facts().repeats();
        Coverage coverage = report.facts().coverage();
        section("Repeats and coverage");
        line(
                "played twice or more in a session: a track in %s of sessions; recommended although the session had it: %s",
                Format.share(repeats.all().sessionShare()),
                Format.share(repeats.all().recommendationShare()));
        line(
                "of the catalog's %,d tracks, %s were recommended and %s played; %s of plays are of tracks it does not have%s",
                coverage.tracks(),
                Format.share(coverage.recommended() / (double) coverage.tracks()),
                Format.share(coverage.played() / (double) coverage.tracks()),
                Format.share(coverage.unknownShare()),
                coverage.unknownTrack().isPresent()
                        ? Format.text(", e.g. %d", coverage.unknownTrack().getAsInt())
                        : "");
        if (repeats.byRecommender().isEmpty()) {
            return;
        }
        line(
                "%-" + NAME_WIDTH + "s %15s %18s %20s %15s",
                "logged by",
                "recommendations",
                "of tracks in session",
                "sessions with repeat",
                "of catalog");
        repeats.byRecommender().entrySet().stream()
                .sorted((a, b) -> Long.compare(
                        b.getValue().recommendations(), a.getValue().recommendations()))
                .limit(MOST_LISTED)
                .forEach(entry -> line(
                        "%-" + NAME_WIDTH + "s %,15d %20s %20s %15s",
                        entry.getKey(),
                        entry.getValue().recommendations(),
                        Format.share(entry.getValue().recommendationShare()),
                        Format.share(entry.getValue().sessionShare()),
                        Format.share(coverage.recommendedBy().getOrDefault(entry.getKey(), 0L)
                                / (double) coverage.tracks())));
        int hidden = repeats.byRecommender().size() - MOST_LISTED;
        if (hidden > 0) {
            line("and %,d other recommenders", hidden);
        }
    }

    private void neighbours() {
        section("Tracks without neighbours, for which a fallback answers");
        for (NeighbourGaps gaps : report.facts().neighbours()) {
            line(
                    "%-27s %s of tracks; the previous track in %s of requests, the session's first in %s",
                    gaps.catalog(),
                    Format.share(gaps.trackShare()),
                    Format.share(gaps.previousShare()),
                    Format.share(gaps.firstShare()));
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
                "%d of the %d most played tracks stay among them (%.0f to %.0f); %s of newer plays are of tracks not played before (%s)",
                observed.staying(),
                observed.top(),
                chance.staying().lower(),
                chance.staying().upper(),
                Format.share(observed.newPlays()),
                shares(chance.newPlays()));
        if (drift.isTooShort()) {
            line("note: drift needs days, and the log spans %s", time(drift.span()));
        }
    }

    private static String shares(Interval interval) {
        return Format.share(interval.lower()) + " to " + Format.share(interval.upper());
    }

    private void lifts() {
        section("Offline lift of the share played of the next track");
        Lifts lifts = report.lifts();
        Lifts.Basis basis = lifts.basis();
        if (basis == null) {
            wrapped(String.valueOf(Advice.withoutLift(report)));
            return;
        }
        wrapped(Format.text(
                "over `%s`, by its %,d recommendations in %,d sessions of %,d listeners: mean share %.3f%s. SNIPS; each recommender"
                        + " in its best of several variants; 95%% intervals for all %d variants at once, bootstrap over listeners",
                basis.recommender(),
                basis.decisions(),
                basis.sessions(),
                basis.listeners(),
                basis.loggedMean(),
                basis.others() == 0
                        ? ""
                        : Format.text(" (not by the %,d of others, which support fewer recommenders)", basis.others()),
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
                .forEach(recommender ->
                        line("%-" + NAME_WIDTH + "s refused: %s", recommender.recommender(), recommender.refusal()));
        if (lifts.recommenders().stream().anyMatch(RecommenderLift::learned)) {
            line(
                    "* learned: if it was learned from this log, its lift is too high; evaluate it by sessions logged after that");
        }
        rules(lifts);
    }

    private void lift(RecommenderLift recommender) {
        RecommenderLift.Estimated best = recommender.best();
        if (best != null) {
            line(
                    "%-" + NAME_WIDTH + "s %7.3f %9s %-22s %,9.0f  %s",
                    recommender.recommender() + (recommender.learned() ? "*" : ""),
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

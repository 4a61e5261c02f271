package dev.segue.report.rendering;

import dev.segue.analysis.Metric;
import dev.segue.report.HeavyListener;
import dev.segue.report.Report;
import dev.segue.report.reading.LogFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the notes of a report on the basis of its figures, one sentence each. */
final class ReportNotes {

    private static final long MINUTE = 60_000;

    private final Report report;
    private final LogFacts log;
    private final List<String> notes = new ArrayList<>();

    ReportNotes(Report report) {
        this.report = report;
        log = report.log();
    }

    List<String> all() {
        leftOut();
        sessions();
        listeners();
        heavyListeners();
        oddities();
        if (report.options().weights().isEmpty()) {
            notes.add("The split is compared with equal weights, since none are given.");
        }
        if (log.early() > 0 && !report.adjusted().isEmpty()) {
            note(
                    "%,d sessions before --from name an arm already: the adjusted effect is right only if all arms were"
                            + " served alike then.",
                    log.early());
        }
        if (report.days().isEmpty() && report.effects().withheld() == null) {
            notes.add(noDays());
        }
        return notes;
    }

    private void note(String format, Object... values) {
        notes.add(String.format(Locale.ROOT, format, values));
    }

    private void leftOut() {
        Map<String, Long> odd = new LinkedHashMap<>();
        odd.put(report.reading().rule().onlyLast() ? "unfinished sessions" : "open sessions", log.open());
        odd.put("stray events", log.stray());
        odd.put("repeated events", log.repeated());
        odd.put("torn lines", log.tornLines());
        odd.put("bad lines", log.read().badLines());
        odd.put("listeners in two arms", log.switched());
        odd.put("forced listeners", log.forced());
        List<String> some = odd.entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .map(count -> String.format(Locale.ROOT, "%,d %s", count.getValue(), count.getKey()))
                .toList();
        if (!some.isEmpty()) {
            notes.add("Left out: " + String.join(", ", some) + ".");
        }
    }

    private void sessions() {
        if (log.left() > 0) {
            note(
                    "%,d of %,d sessions ended without \"last\": with the listener's next session, or silent for more than"
                            + " %,d minutes when the log ended.",
                    log.left(), log.sessions(), report.reading().rule().silenceMillis() / MINUTE);
        }
        if (log.late() > 0) {
            note(
                    "%,d sessions began before their listener had an arm; they count whole in the arm that their first event"
                            + " with one names.",
                    log.late());
        }
    }

    private void listeners() {
        long exposed = report.arms().stream().mapToLong(Report.Arm::exposed).sum();
        long finished = report.arms().stream().mapToLong(Report.Arm::counted).sum();
        if (finished == exposed) {
            return;
        }
        note(
                report.reading().rule().onlyLast()
                        ? "%,d of %,d listeners finished no session; they are left out of all metrics but completion, as"
                                + " --unfinished drop asks for."
                        : "%,d of %,d listeners have no session that ended; they count as 0 in sums, and not in figures per"
                                + " session, track or request.",
                exposed - finished,
                exposed);
    }

    private void heavyListeners() {
        for (HeavyListener heavy : report.heavy()) {
            note(
                    "Listener %s has %s of the sessions and %s of the time of %s%s.",
                    heavy.listener(),
                    TableFormats.share(heavy.sessions()),
                    TableFormats.share(heavy.time()),
                    heavy.arm(),
                    report.options().cap() == null ? "; --cap 99% limits what one listener counts" : "");
        }
        if (!report.capped().isEmpty() && report.capped().stream().allMatch(capped -> capped.listeners() == 0)) {
            notes.add(
                    "No listener is above the limit of --cap: with so few listeners it is the largest value; give a smaller"
                            + " percentage.");
        }
    }

    private void oddities() {
        if (log.read().clampedShares() > 0) {
            note(
                    "%,d events have a \"time\" above 1, which counts as 1.",
                    log.read().clampedShares());
        }
        if (log.unexpected() > 0) {
            note(
                    "%,d tracks were not the recommended ones: listeners chose otherwise, or sessions are mixed up.",
                    log.unexpected());
        }
        if (log.backwards() > 0) {
            note("%,d events are earlier than the one before: a clock was set back.", log.backwards());
        }
    }

    private String noDays() {
        return report.effects().primary().kind() == Metric.Kind.MEAN
                ? "No effects over days: the first " + TableFormats.window(report.reading())
                        + " of two listeners in each arm are not over yet."
                : "No effects over days: they are of means, and "
                        + report.options().primary() + " is a ratio of sums.";
    }
}

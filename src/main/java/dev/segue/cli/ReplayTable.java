package dev.segue.cli;

import dev.segue.simulation.load.RequestFigures;
import dev.segue.simulation.replay.ArmAgreement;
import dev.segue.simulation.replay.NextTrackAgreement;
import dev.segue.simulation.replay.ReplayResult;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints the result of a replay. */
final class ReplayTable {

    private ReplayTable() {}

    static void print(ReplayResult result, List<ArmAgreement> arms, OutputFormat format, PrintWriter out) {
        switch (format) {
            case TEXT -> printText(result, arms, out);
            case CSV -> {
                TableWriter.printCsv(List.of(row(result)), out);
                if (!arms.isEmpty()) {
                    out.println();
                    TableWriter.printCsv(rows(arms), out);
                }
            }
            case JSON -> {
                Map<String, Object> parts = new LinkedHashMap<>();
                parts.put("replay", row(result));
                parts.put("arms", rows(arms));
                TableWriter.printJson(parts, out);
            }
        }
        out.flush();
    }

    private static Map<String, @Nullable Object> row(ReplayResult result) {
        NextTrackAgreement agreement = result.agreement();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("events", result.events());
        row.put("sessions", result.sessions());
        row.put(
                "not_sent",
                result.notSent().values().stream().mapToLong(Long::longValue).sum());
        row.put("repeated", result.repeated());
        row.put("torn_lines", result.tornLines());
        row.put("pairs", agreement.pairs());
        row.put("recorded_continuity", TableWriter.finite(agreement.recordedContinuity()));
        row.put("continuity", TableWriter.finite(agreement.continuity()));
        row.put("hit_rate", TableWriter.finite(agreement.hitRate()));
        row.put("mrr", TableWriter.finite(agreement.meanReciprocalRank()));
        row.putAll(RequestTable.row(result.requests()));
        return row;
    }

    private static List<Map<String, @Nullable Object>> rows(List<ArmAgreement> arms) {
        return arms.stream().map(ReplayTable::row).toList();
    }

    private static Map<String, @Nullable Object> row(ArmAgreement arm) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("experiment", arm.experiment());
        row.put("known", arm.known());
        row.put("listeners", arm.listeners());
        row.put("compared", arm.compared());
        row.put("agreeing", arm.agreeing());
        row.put("in_two_arms", arm.switched());
        row.put("unknown_arms", List.copyOf(arm.unknownArms()));
        row.put("failure", arm.failure());
        return row;
    }

    private static void printText(ReplayResult result, List<ArmAgreement> arms, PrintWriter out) {
        RequestFigures requests = result.requests();
        out.printf(
                Locale.ROOT,
                "%,d events, %,d sessions, %,d requests in %.1f s: %,.0f requests/s%n",
                result.events(),
                result.sessions(),
                requests.requests(),
                requests.seconds(),
                RequestTable.perSecond(requests.requests(), requests));
        result.notSent().forEach((reason, count) -> printCount(out, count, "events not sent: " + reason));
        printCount(out, result.repeated(), "repeated events left out");
        printCount(out, result.tornLines(), "last lines cut short, skipped");
        NextTrackAgreement agreement = result.agreement();
        if (agreement.pairs() > 0) {
            out.printf(
                    Locale.ROOT,
                    "next tracks compared: %,d; recorded continuity %.2f%%, continuity %.2f%%, hit rate %.2f%%, MRR %.4f%n",
                    agreement.pairs(),
                    100 * agreement.recordedContinuity(),
                    100 * agreement.continuity(),
                    100 * agreement.hitRate(),
                    agreement.meanReciprocalRank());
        }
        arms.forEach(arm -> printText(arm, out));
        RequestTable.print(requests, out);
    }

    private static void printText(ArmAgreement arm, PrintWriter out) {
        if (!arm.known()) {
            out.printf(
                    Locale.ROOT,
                    "arms of %s: not compared, since the server has no such experiment (segue assignments checks the rule)%n",
                    arm.experiment());
            return;
        }
        out.printf(
                Locale.ROOT,
                "arms of %s: %,d of %,d listeners agree",
                arm.experiment(),
                arm.agreeing(),
                arm.compared());
        if (!arm.unknownArms().isEmpty()) {
            out.printf(
                    Locale.ROOT,
                    "; the log has %s, which the server does not: rename an arm in its configuration, or begin an experiment of"
                            + " another name",
                    String.join(", ", arm.unknownArms()));
        }
        if (arm.switched() > 0) {
            out.printf(Locale.ROOT, "; %,d listeners in two arms, left out", arm.switched());
        }
        if (arm.compared() < arm.listeners()) {
            String failure = arm.failure();
            String reason = failure == null ? "a URL cannot name such a listener (\"007\")" : failure;
            out.printf(Locale.ROOT, "; %,d not compared: %s", arm.listeners() - arm.compared(), reason);
        }
        out.println();
    }

    private static void printCount(PrintWriter out, long count, String description) {
        if (count > 0) {
            out.printf(Locale.ROOT, "%,d %s%n", count, description);
        }
    }
}

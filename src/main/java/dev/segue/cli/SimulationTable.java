package dev.segue.cli;

import dev.segue.simulation.ArmResult;
import dev.segue.simulation.Estimate;
import dev.segue.simulation.PairedComparison;
import dev.segue.simulation.days.DayResult;
import dev.segue.simulation.load.LoadResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints how the arms of a simulation fared. */
final class SimulationTable {

    private SimulationTable() {}

    /**
     * Prints how the arms fared.
     *
     * @param days day by day; none for simulations without days
     * @param load what came of the requests; null without any
     */
    static void print(
            List<DayResult> days,
            List<ArmResult> arms,
            @Nullable LoadResult load,
            OutputFormat format,
            PrintWriter out) {
        switch (format) {
            case JSON -> printJson(days, arms, load, out);
            case CSV -> printCsv(days, arms, load, out);
            case TEXT -> printText(days, arms, load, out);
        }
        out.flush();
    }

    /** The arms alone are a list; with days or a load, each is a member of an object. */
    private static void printJson(
            List<DayResult> days, List<ArmResult> arms, @Nullable LoadResult load, PrintWriter out) {
        if (days.isEmpty() && load == null) {
            TableWriter.printJson(rows(arms), out);
            return;
        }
        Map<String, Object> parts = new LinkedHashMap<>();
        if (!days.isEmpty()) {
            parts.put("days", dayRows(days));
        }
        parts.put("arms", rows(arms));
        if (load != null) {
            parts.put("load", LoadTable.row(load));
        }
        TableWriter.printJson(parts, out);
    }

    private static void printCsv(
            List<DayResult> days, List<ArmResult> arms, @Nullable LoadResult load, PrintWriter out) {
        if (!days.isEmpty()) {
            TableWriter.printCsv(dayRows(days), out);
            out.println();
        }
        TableWriter.printCsv(rows(arms), out);
        if (load != null) {
            out.println();
            TableWriter.printCsv(List.of(LoadTable.row(load)), out);
        }
    }

    private static void printText(
            List<DayResult> days, List<ArmResult> arms, @Nullable LoadResult load, PrintWriter out) {
        if (!days.isEmpty()) {
            printDays(days, out);
            out.println();
        }
        printArms(arms, out);
        if (load != null) {
            LoadTable.print(load, out);
        }
    }

    /** The figures of each arm, by column. */
    private static List<Map<String, @Nullable Object>> rows(List<ArmResult> results) {
        return results.stream().map(SimulationTable::row).toList();
    }

    private static Map<String, @Nullable Object> row(ArmResult result) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("arm", result.arm());
        row.put("listeners", result.timePerSession().listeners());
        row.put("sessions", result.sessions());
        put(row, "mean_time_per_session", result.timePerSession());
        put(row, "mean_tracks_per_session", result.tracksPerSession());
        if (result.oracleTimePerSession() != null) {
            put(row, "oracle_time_per_session", result.oracleTimePerSession());
            row.put("percent_of_oracle", TableWriter.finite(result.percentOfOracle()));
            row.put("regret", TableWriter.finite(result.regret()));
        }
        PairedComparison comparison = result.comparison();
        if (comparison != null) {
            put(row, "difference", comparison.difference());
            row.put("paired_variance", TableWriter.finite(comparison.pairedVariance()));
            row.put("unpaired_variance", TableWriter.finite(comparison.unpairedVariance()));
            row.put("sessions_saved", comparison.sessionsSaved());
        }
        return row;
    }

    private static void put(Map<String, @Nullable Object> row, String name, Estimate estimate) {
        row.put(name, TableWriter.finite(estimate.mean()));
        row.put(name + "_se", TableWriter.finite(estimate.standardError()));
    }

    private static List<Map<String, @Nullable Object>> dayRows(List<DayResult> days) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (DayResult day : days) {
            for (ArmResult arm : day.arms()) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                row.put("day", day.day());
                row.put("date", day.date().toString());
                row.put("new_listeners", day.newListeners());
                row.put("tracks", day.tracks());
                row.putAll(row(arm));
                rows.add(row);
            }
        }
        return rows;
    }

    private static void printDays(List<DayResult> days, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%-3s %-10s %13s %8s  %-20s %9s %10s %18s%n",
                "day",
                "date",
                "new listeners",
                "tracks",
                "arm",
                "listeners",
                "sessions",
                "time/session");
        for (DayResult day : days) {
            String head = String.format(
                    Locale.ROOT, "%3d %s %,13d %,8d", day.day(), day.date(), day.newListeners(), day.tracks());
            for (ArmResult arm : day.arms()) {
                out.printf(
                        Locale.ROOT,
                        "%-37s  %-20s %,9d %,10d %18s%n",
                        head,
                        arm.arm(),
                        arm.timePerSession().listeners(),
                        arm.sessions(),
                        text(arm.timePerSession()));
                head = "";
            }
        }
    }

    private static void printArms(List<ArmResult> results, PrintWriter out) {
        boolean oracle = results.stream().anyMatch(result -> result.oracleTimePerSession() != null);
        out.printf(
                Locale.ROOT,
                "%-20s %9s %10s %18s %18s%s%n",
                "arm",
                "listeners",
                "sessions",
                "time/session",
                "tracks/session",
                oracle ? String.format(Locale.ROOT, " %10s %9s", "% oracle", "regret") : "");
        for (ArmResult result : results) {
            out.printf(
                    Locale.ROOT,
                    "%-20s %,9d %,10d %18s %18s%s%n",
                    result.arm(),
                    result.timePerSession().listeners(),
                    result.sessions(),
                    text(result.timePerSession()),
                    text(result.tracksPerSession()),
                    oracle
                            ? String.format(Locale.ROOT, " %10.1f %9.2f", result.percentOfOracle(), result.regret())
                            : "");
        }
        results.forEach(result -> printComparison(results.get(0).arm(), result, out));
    }

    private static void printComparison(String first, ArmResult result, PrintWriter out) {
        PairedComparison comparison = result.comparison();
        if (comparison == null) {
            return;
        }
        out.printf(
                Locale.ROOT,
                "%s against %s: time/session %s; variance %.3g paired, %.3g unpaired; %,d sessions saved%n",
                result.arm(),
                first,
                text(comparison.difference()),
                comparison.pairedVariance(),
                comparison.unpairedVariance(),
                comparison.sessionsSaved());
    }

    private static String text(Estimate estimate) {
        return String.format(Locale.ROOT, "%.3f ± %.3f", estimate.mean(), estimate.standardError());
    }
}

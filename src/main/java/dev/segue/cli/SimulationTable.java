package dev.segue.cli;

import dev.segue.simulation.ArmResult;
import dev.segue.simulation.Estimate;
import dev.segue.simulation.PairedComparison;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Prints how the arms of a simulation fared. */
final class SimulationTable {

    private static final JsonMapper JSON = new JsonMapper();

    private SimulationTable() {}

    static void print(List<ArmResult> results, OutputFormat format, PrintWriter out) {
        switch (format) {
            case JSON -> printJson(rows(results), out);
            case CSV -> printCsv(rows(results), out);
            case TEXT -> printText(results, out);
        }
        out.flush();
    }

    static void printJson(Object figures, PrintWriter out) {
        out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(figures));
    }

    /** The figures of each arm, by column. */
    static List<Map<String, @Nullable Object>> rows(List<ArmResult> results) {
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
            row.put("percent_of_oracle", finite(result.percentOfOracle()));
            row.put("regret", finite(result.regret()));
        }
        PairedComparison comparison = result.comparison();
        if (comparison != null) {
            put(row, "difference", comparison.difference());
            row.put("paired_variance", finite(comparison.pairedVariance()));
            row.put("unpaired_variance", finite(comparison.unpairedVariance()));
            row.put("sessions_saved", comparison.sessionsSaved());
        }
        return row;
    }

    private static void put(Map<String, @Nullable Object> row, String name, Estimate estimate) {
        row.put(name, finite(estimate.mean()));
        row.put(name + "_se", finite(estimate.standardError()));
    }

    /** A number that JSON can say, or null. */
    static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** All columns that any row has. */
    static void printCsv(List<Map<String, @Nullable Object>> rows, PrintWriter out) {
        List<String> columns = new ArrayList<>();
        rows.forEach(row -> row.keySet().stream()
                .filter(column -> !columns.contains(column))
                .forEach(columns::add));
        out.println(String.join(",", columns));
        for (Map<String, @Nullable Object> row : rows) {
            List<String> cells = new ArrayList<>();
            for (String column : columns) {
                Object value = row.get(column);
                cells.add(value == null ? "" : value.toString());
            }
            out.println(String.join(",", cells));
        }
    }

    private static void printText(List<ArmResult> results, PrintWriter out) {
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

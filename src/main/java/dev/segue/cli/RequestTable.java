package dev.segue.cli;

import dev.segue.simulation.NextTrackException;
import dev.segue.simulation.load.RequestFigures;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Says what came of the requests that were sent to a server. */
final class RequestTable {

    private static final double[] PERCENTILES = {50, 90, 99, 99.9};

    private RequestTable() {}

    /** The figures by column; latencies in µs, null without any answer. */
    static Map<String, @Nullable Object> row(RequestFigures figures) {
        Histogram latencies = figures.latencies();
        boolean answered = latencies.getTotalCount() > 0;
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("requests", figures.requests());
        row.put("seconds", figures.seconds());
        row.put("requests_per_second", perSecond(figures.requests(), figures));
        for (double percentile : PERCENTILES) {
            row.put(label(percentile) + "_us", answered ? latencies.getValueAtPercentile(percentile) / 1000.0 : null);
        }
        row.put("max_us", answered ? latencies.getMaxValue() / 1000.0 : null);
        for (NextTrackException.Kind kind : NextTrackException.Kind.values()) {
            row.put("failed_" + name(kind), figures.failures().getOrDefault(kind, 0L));
        }
        return row;
    }

    static double perSecond(long count, RequestFigures figures) {
        return figures.seconds() == 0 ? 0 : count / figures.seconds();
    }

    private static String name(NextTrackException.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String label(double percentile) {
        return percentile == Math.rint(percentile) ? "p" + (int) percentile : "p" + percentile;
    }

    /** Prints latencies and failures. */
    static void print(RequestFigures figures, PrintWriter out) {
        boolean answered = figures.latencies().getTotalCount() > 0;
        var latencies = new StringBuilder(answered ? "latency in µs:" : "latency: no responses");
        row(figures).forEach((name, value) -> {
            if (name.endsWith("_us") && value instanceof Double micros) {
                latencies.append(String.format(Locale.ROOT, " %s %,.0f", name.substring(0, name.length() - 3), micros));
            }
        });
        out.println(latencies);
        out.printf(Locale.ROOT, "failed requests: %,d", figures.failed());
        figures.failures()
                .forEach((kind, count) ->
                        out.printf(Locale.ROOT, ", %s %,d", name(kind).replace('_', ' '), count));
        out.println();
        tellFailures(figures, out);
    }

    /** Says what was wrong with the server, if anything was. */
    static void tellFailures(RequestFigures figures, PrintWriter out) {
        figures.messages().forEach(message -> out.println("  " + message));
        if (figures.vanished()) {
            out.println("ended early: the server stopped responding");
        }
    }
}

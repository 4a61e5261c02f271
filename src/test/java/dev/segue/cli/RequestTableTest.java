package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.simulation.NextTrackException.Kind;
import dev.segue.simulation.load.RequestFigures;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestTableTest {

    /** Latencies of 1, 2, … {@code responses} µs, exact to the histogram's three digits. */
    private static RequestFigures figures(long responses, Map<Kind, Long> failures) {
        var latencies = new Histogram(3);
        for (long micros = 1; micros <= responses; micros++) {
            latencies.recordValue(1000 * micros);
        }
        return new RequestFigures(failures, List.of("an error"), true, 4, latencies);
    }

    @Test
    void percentilesAreThoseOfTheLatencies() {
        Map<String, ?> row = RequestTable.row(figures(10_000, Map.of(Kind.TIMEOUT, 2_000L)));
        assertMicros(5_000, row.get("p50_us"));
        assertMicros(9_000, row.get("p90_us"));
        assertMicros(9_900, row.get("p99_us"));
        assertMicros(9_990, row.get("p99.9_us"));
        assertMicros(10_000, row.get("max_us"));
        assertEquals(12_000L, row.get("requests"));
        assertEquals(3_000.0, row.get("requests_per_second"));
        assertEquals(2_000L, row.get("failed_timeout"));
        assertEquals(0L, row.get("failed_server_error"));
    }

    private static void assertMicros(double expected, @Nullable Object micros) {
        assertTrue(micros instanceof Double value && Math.abs(value - expected) < 0.0015 * expected, "" + micros);
    }

    @Test
    void withoutResponsesThereAreNoLatencies() {
        RequestFigures none = figures(0, Map.of(Kind.CONNECTION, 3L));
        assertTrue(RequestTable.row(none).containsKey("p50_us"));
        assertEquals(null, RequestTable.row(none).get("p50_us"));
        var out = new StringWriter();
        RequestTable.print(none, new PrintWriter(out, true));
        assertEquals(
                List.of(
                        "latency: no responses",
                        "failed requests: 3, connection 3",
                        "  an error",
                        "ended early: the server no longer responds"),
                out.toString().lines().toList());
    }
}

package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The metrics of a server at a time.
 *
 * @param samples the values by series, such as {@code segue_responses_total{route="other",status="404"}}
 */
record Metrics(Map<String, Double> samples) {

    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+(?:\\{.*\\})?) (\\S+)$");

    static Metrics of(TestServer server) throws Exception {
        var response = server.get("/metrics");
        assertEquals(200, response.statusCode(), response::body);
        return parse(response.body());
    }

    static Metrics parse(String text) {
        Map<String, Double> samples = new LinkedHashMap<>();
        SAMPLE.matcher(text)
                .results()
                .forEach((MatchResult sample) -> samples.put(sample.group(1), number(sample.group(2))));
        return new Metrics(samples);
    }

    private static double number(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    /** The value of a series; 0 if there is none. */
    double get(String series) {
        return samples.getOrDefault(series, 0.0);
    }

    /** The sum over the series of a metric. */
    double sum(String metric) {
        return samples.entrySet().stream()
                .filter(sample ->
                        sample.getKey().equals(metric) || sample.getKey().startsWith(metric + "{"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** The increases of a metric's series since an earlier time, those of 0 left out. */
    Map<String, Double> increases(String metric, Metrics earlier) {
        Map<String, Double> increases = new TreeMap<>();
        samples.forEach((series, value) -> {
            if (series.startsWith(metric + "{") && value != earlier.get(series)) {
                increases.put(series.substring(metric.length()), value - earlier.get(series));
            }
        });
        return increases;
    }
}

package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The alerts and the dashboard of {@code scripts/monitoring} name metrics that there are. */
class MonitoringTest {

    private static final Path MONITORING = Path.of("scripts/monitoring");
    private static final Pattern DECLARED = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
    private static final Pattern NAMED = Pattern.compile("\\b(?:segue|jvm|process)_[a-z0-9_]+");

    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
    private static final Pattern RAISED = Pattern.compile("alertname: (\\w+)\n +exp_alerts:");
    private static final String DASHBOARD = "grafana/dashboards/segue.json";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"alerts.yml", "alerts-test.yml", "alerts-days-test.yml", DASHBOARD})
    void everyMetricIsServed(String file) throws Exception {
        Set<String> named = named(file);
        assertFalse(named.isEmpty());
        named.removeAll(served());
        assertEquals(Set.of(), named);
    }

    @Test
    void theDashboardHasEveryMetric() throws Exception {
        Set<String> served = served();
        served.removeIf(metric -> !metric.startsWith("segue_"));
        served.removeAll(named(DASHBOARD));
        assertEquals(Set.of(), served);
    }

    /** The metrics that a file names. */
    private static Set<String> named(String file) throws IOException {
        return names(NAMED, Files.readString(MONITORING.resolve(file)), 0).stream()
                .map(name -> name.replaceFirst("_(bucket|sum)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> served() throws Exception {
        try (TestServer server = TestServer.in(folder).start()) {
            server.get("/next_track?user=1");
            server.get("/next_track?user=");
            server.post("/admin/reload", "");
            return names(DECLARED, server.get("/metrics").body(), 1);
        }
    }

    private static Set<String> names(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(group))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** promtool runs the tests, by {@code scripts/monitoring/check}. */
    @Test
    void everyAlertHasATestThatItIsRaised() throws Exception {
        Set<String> raised = names(RAISED, Files.readString(MONITORING.resolve("alerts-test.yml")), 1);
        raised.addAll(names(RAISED, Files.readString(MONITORING.resolve("alerts-days-test.yml")), 1));
        assertEquals(names(ALERT, Files.readString(MONITORING.resolve("alerts.yml")), 1), raised);
    }

    @Test
    void panelsOfTheDashboardDoNotOverlap() throws Exception {
        JsonNode panels = new JsonMapper()
                .readTree(Files.readString(MONITORING.resolve(DASHBOARD)))
                .get("panels");
        Set<String> places = new TreeSet<>();
        Set<String> ids = new TreeSet<>();
        for (JsonNode panel : panels) {
            places.add(panel.get("gridPos").toString());
            ids.add(panel.get("id").toString());
        }
        assertEquals(panels.size(), places.size());
        assertEquals(panels.size(), ids.size());
    }
}

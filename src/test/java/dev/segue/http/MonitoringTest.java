package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
    private static final Pattern NAMED = Pattern.compile("\\bsegue_[a-z0-9_]+");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"alerts.yml", "alerts-test.yml", "grafana/dashboards/segue.json"})
    void everyMetricIsServed(String file) throws Exception {
        Set<String> named = NAMED.matcher(Files.readString(MONITORING.resolve(file)))
                .results()
                .map(match -> match.group().replaceFirst("_bucket$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertFalse(named.isEmpty());
        try (TestServer server = TestServer.in(folder).start()) {
            server.get("/next_track?user=1");
            server.get("/next_track?user=");
            server.post("/admin/reload", "");
            DECLARED.matcher(server.get("/metrics").body()).results().forEach(match -> named.remove(match.group(1)));
        }
        assertEquals(Set.of(), named);
    }

    @Test
    void panelsOfTheDashboardDoNotOverlap() throws Exception {
        JsonNode panels = new JsonMapper()
                .readTree(Files.readString(MONITORING.resolve("grafana/dashboards/segue.json")))
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

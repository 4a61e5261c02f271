package dev.segue.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings made in code are held to the same limits as those read. */
class SettingsRecordsTest {

    @Test
    void serverSettingsCheckThemselves() {
        assertRefused(
                "server.port: 65536 is no integer from 0 to 65535",
                () -> new ServerSettings("::1", 65_536, 1, 64, 16_384, 60, 2000, 5000));
        assertRefused("server.host: is empty", () -> new ServerSettings("", 0, 1, 64, 16_384, 60, 2000, 5000));
    }

    @Test
    void logAndHistorySettingsCheckThemselves() {
        assertRefused(
                "log.max_backlog_bytes: 1 is no integer from 65536 to 1073741824", () -> new LogSettings(1, 1, 1));
        assertRefused("history.listens: 0 is no integer from 1 to 10000", () -> new HistorySettings(1, 0, 1, 1));
    }

    @Test
    void recommenderSettingsCheckThemselves() {
        assertRefused(
                "size: 0 is no integer from 1 to 2147483647",
                () -> new RecommenderSettings(RecommenderType.TOP_POP, 0, List.of()));
    }

    @Test
    void experimentSettingsCheckThemselves() {
        assertRefused(
                "traffic: NaN is no number from 0 to 1",
                () -> new ExperimentSettings("X", Map.of("C", "a"), Map.of("C", 1), Double.NaN, Map.of(), true));
        assertRefused(
                "weights.C: 0 is no integer from 1 to 1000000",
                () -> new ExperimentSettings("X", Map.of("C", "a"), Map.of("C", 0), 1, Map.of(), true));
    }

    private static void assertRefused(String message, Runnable maker) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, maker::run).getMessage());
    }
}

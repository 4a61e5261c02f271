package dev.segue.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The records of settings check the same limits as the configuration file. */
class SettingsRecordsTest {

    private static final OptionalInt NONE = OptionalInt.empty();

    @Test
    void serverSettingsAreChecked() {
        assertRefused("server.port: 65536 is no integer from 0 to 65535", () -> server("::1", 65_536, NONE, NONE));
        assertRefused("server.host: is empty", () -> server("", 0, NONE, NONE));
        assertRefused(
                "server.health_port: -1 is no integer from 0 to 65535",
                () -> server("::1", 0, OptionalInt.of(-1), NONE));
        assertRefused(
                "server.max_connections: 0 is no integer from 16 to 1000000",
                () -> server("::1", 0, NONE, OptionalInt.of(0)));
    }

    private static ServerSettings server(String host, int port, OptionalInt healthPort, OptionalInt maxConnections) {
        return new ServerSettings(
                host,
                port,
                healthPort,
                maxConnections,
                NONE,
                1,
                64,
                16_384,
                60,
                2000,
                500,
                0,
                5000,
                Optional.empty(),
                false);
    }

    @Test
    void logAndHistorySettingsAreChecked() {
        assertRefused(
                "log.max_backlog_bytes: 1 is no integer from 65536 to 1073741824",
                () -> new LogSettings(1, 1, 1, OptionalInt.empty()));
        assertRefused("history.listens: 0 is no integer from 1 to 10000", () -> new HistorySettings(NONE, 0, 1, 1));
        assertRefused(
                "history.listeners: 0 is no integer from 1 to 100000000",
                () -> new HistorySettings(OptionalInt.of(0), 1, 1, 1));
    }

    @Test
    void reloadSettingsAreChecked() {
        assertRefused(
                "reload.max_lost_percent: 101 is no integer from 0 to 100",
                () -> new ReloadSettings(101, 20, 20, 20, 50, true, 0));
        assertRefused(
                "reload.max_unknown_points: -1 is no integer from 0 to 100",
                () -> new ReloadSettings(20, -1, 20, 20, 50, true, 0));
        assertRefused(
                "reload.max_without_neighbours_points: -1 is no integer from 0 to 100",
                () -> new ReloadSettings(20, 20, -1, 20, 50, true, 0));
        assertRefused(
                "reload.max_unknown_plays_points: -1 is no integer from 0 to 100",
                () -> new ReloadSettings(20, 20, 20, -1, 50, true, 0));
        assertRefused(
                "reload.min_known_plays_percent: 101 is no integer from 0 to 100",
                () -> new ReloadSettings(20, 20, 20, 20, 101, true, 0));
        assertRefused(
                "reload.watch_seconds: -1 is no integer from 0 to 86400",
                () -> new ReloadSettings(20, 20, 20, 20, 50, true, -1));
    }

    @Test
    void adminSettingsAreChecked() {
        assertRefused(
                "admin.token: must have 16 or more printable ASCII characters without spaces; make one with: openssl rand -hex 32",
                () -> new AdminSettings(Optional.of("short"), NONE, Optional.empty()));
        assertRefused(
                "admin.port: -1 is no integer from 0 to 65535",
                () -> new AdminSettings(Optional.empty(), OptionalInt.of(-1), Optional.empty()));
        assertRefused(
                "admin.host: has no effect without admin.port; set both or leave it out",
                () -> new AdminSettings(Optional.empty(), NONE, Optional.of("::1")));
    }

    @Test
    void recommenderSettingsAreChecked() {
        assertRefused(
                "size: 0 is no integer from 1 to 2147483647",
                () -> new RecommenderSettings(RecommenderType.TOP_POP, 0, List.of()));
    }

    @Test
    void rulesAreChecked() {
        assertRefused("hours: 8761 is no integer from 1 to 8760", () -> new RuleSettings.NoRepeat(8761));
        assertRefused("gap: -1 is no integer from 0 to 1000", () -> new RuleSettings.ArtistSpacing(-1, 1));
        assertRefused("most: 0 is no integer from 1 to 1000", () -> new RuleSettings.ArtistSpacing(0, 0));
        assertRefused(
                "skipped: NaN and liked: 1.0 must be fractions from 0 to 1, skipped the smaller one",
                () -> new RuleSettings.SkipMemory(Double.NaN, 1, 0, 1));
        assertRefused(
                "resembling: 1001 is no integer from 0 to 1000", () -> new RuleSettings.SkipMemory(0, 1, 1001, 1));
        assertRefused("plays: 0 is no integer from 1 to 10000", () -> new RuleSettings.SkipMemory(0, 1, 0, 0));
        assertRefused("lambda: NaN is no number from 0 to 1", () -> new RuleSettings.Mmr(Double.NaN, 2, 1));
        assertRefused("pool: 1 is no integer from 2 to 1000", () -> new RuleSettings.Mmr(0, 1, 1));
        assertRefused("plays: 0 is no integer from 1 to 10000", () -> new RuleSettings.Mmr(0, 2, 0));
    }

    @Test
    void experimentSettingsAreChecked() {
        assertRefused(
                "traffic: NaN is no number from 0 to 1",
                () -> new ExperimentSettings("X", Map.of("C", "a"), Map.of("C", 1), Double.NaN, Map.of(), true));
        assertRefused(
                "weights.C: 0 is no integer from 1 to 1000000",
                () -> new ExperimentSettings("X", Map.of("C", "a"), Map.of("C", 0), 1, Map.of(), true));
    }

    private static void assertRefused(String message, Runnable constructor) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, constructor::run).getMessage());
    }
}

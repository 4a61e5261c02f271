package dev.segue.config;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

    private static final Map<String, String> NONE = Map.of();

    @TempDir
    Path folder;

    private ConfigFolder config;

    @BeforeEach
    void makeFiles() {
        config = new ConfigFolder(folder);
    }

    /** Kubernetes and Docker set such variables in containers beside services named "segue" and "segue-db". */
    @Test
    void variablesOfServicesAreIgnored() {
        Map<String, String> links = new HashMap<>(Map.of(
                "SEGUE_SERVICE_HOST", "10.0.0.7",
                "SEGUE_SERVICE_PORT", "80",
                "SEGUE_SERVICE_PORT_HTTP", "80",
                "SEGUE_PORT", "tcp://10.0.0.7:80",
                "SEGUE_PORT_80_TCP", "tcp://10.0.0.7:80",
                "SEGUE_PORT_80_TCP_ADDR", "10.0.0.7",
                "SEGUE_DB_SERVICE_HOST", "10.0.0.8",
                "SEGUE_DB_PORT", "tcp://10.0.0.8:5432"));
        links.put("SEGUE_NAME", "/web/segue");
        links.put("SEGUE_ENV_PATH", "/bin");
        links.put("SEGUE_SERVER_PORT", "7");
        Configuration c = new ConfigFolder(folder)
                .with("{'TRACKS_CATALOG': 'tracks.json'}")
                .load(links, Map.of());
        assertEquals(7, c.server().port());
    }

    @Test
    void onlyTheTrackCatalogIsRequired() {
        Configuration c = config.with("{'TRACKS_CATALOG': 'tracks.json'}").load();

        assertAll(
                () -> assertEquals(config.file(), c.file()),
                () -> assertEquals(folder.resolve("tracks.json"), c.tracksCatalog()),
                () -> assertEquals(Optional.empty(), c.tracksCatalogNn()),
                () -> assertEquals(Optional.empty(), c.tracksMetadata()),
                () -> assertEquals(Optional.empty(), c.topTracksCatalog()),
                () -> assertEquals(Optional.empty(), c.recommendations()),
                () -> assertEquals(folder.resolve("log/data.json"), c.dataLogFile()),
                () -> assertEquals(104_857_600, c.dataLogFileMaxBytes()),
                () -> assertEquals(OptionalInt.empty(), c.dataLogFileBackupCopies()),
                () -> assertEquals(0, c.seed()),
                () -> assertEquals(
                        new ServerSettings(
                                "127.0.0.1",
                                5000,
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                1,
                                64,
                                16_384,
                                60,
                                2000,
                                500,
                                0,
                                5000,
                                Optional.empty(),
                                false),
                        c.server()),
                () -> assertEquals(new LogSettings(100, 100, 8_388_608, OptionalInt.empty()), c.log()),
                () -> assertEquals(new HistorySettings(OptionalInt.empty(), 100, 30, 120), c.history()));
    }

    @Test
    void allSettingsAreReadFromTheFile() {
        Configuration c = config.with("""
                {'$schema': 'config.schema.json',
                 'TRACKS_CATALOG': 'tracks.json', 'TRACKS_CATALOG_NN': 'nn.json', 'TRACKS_METADATA': 'meta.json',
                 'TOP_TRACKS_CATALOG': 'top.json', 'RECOMMENDATIONS_FILE_PATH': 'recs.json',
                 'DATA_LOG_FILE': 'x/y.json', 'DATA_LOG_FILE_MAX_BYTES': 5000000000, 'DATA_LOG_FILE_BACKUP_COPIES': 3,
                 'seed': -9223372036854775808,
                 'server': {'host': '::1', 'port': 0, 'health_port': 1, 'max_connections': 16, 'max_requests': 7, 'selectors': 2, 'max_threads': 8,
                            'max_body_bytes': 256, 'idle_timeout_seconds': 3, 'log_wait_ms': 4, 'recommender_wait_ms': 8, 'stop_grace_ms': 6, 'stop_timeout_ms': 5},
                 'log': {'fsync_interval_ms': 6, 'stalled_after_ms': 7, 'max_backlog_bytes': 65536, 'keep_days': 30},
                 'history': {'listeners': 9, 'listens': 10, 'session_timeout_minutes': 11,
                    'restore_minutes': 12}}""").load();

        assertAll(
                () -> assertEquals(Optional.of(folder.resolve("nn.json")), c.tracksCatalogNn()),
                () -> assertEquals(Optional.of(folder.resolve("meta.json")), c.tracksMetadata()),
                () -> assertEquals(Optional.of(folder.resolve("top.json")), c.topTracksCatalog()),
                () -> assertEquals(Optional.of(folder.resolve("recs.json")), c.recommendations()),
                () -> assertEquals(folder.resolve("x/y.json"), c.dataLogFile()),
                () -> assertEquals(5_000_000_000L, c.dataLogFileMaxBytes()),
                () -> assertEquals(OptionalInt.of(3), c.dataLogFileBackupCopies()),
                () -> assertEquals(Long.MIN_VALUE, c.seed()),
                () -> assertEquals(
                        new ServerSettings(
                                "::1",
                                0,
                                OptionalInt.of(1),
                                OptionalInt.of(16),
                                OptionalInt.of(7),
                                2,
                                8,
                                256,
                                3,
                                4,
                                8,
                                6,
                                5,
                                Optional.empty(),
                                false),
                        c.server()),
                () -> assertEquals(new LogSettings(6, 7, 65_536, OptionalInt.of(30)), c.log()),
                () -> assertEquals(new HistorySettings(OptionalInt.of(9), 10, 11, 12), c.history()));
    }

    @Test
    void withoutRecommendersThereIsOneOfEachType() {
        List<String> simpler = List.of("indexed", "top-pop", "random");
        Map<String, RecommenderSettings> recommenders = config.with(
                        "{'TRACKS_CATALOG': 'tracks.json', 'TRACKS_CATALOG_NN': 'nn.json'}")
                .load()
                .recommenders();

        assertEquals(
                Map.of(
                        "contextual", new RecommenderSettings(RecommenderType.CONTEXTUAL, 0, simpler),
                        "new", new RecommenderSettings(RecommenderType.NEW, 0, simpler),
                        "indexed", new RecommenderSettings(RecommenderType.INDEXED, 0, List.of("top-pop", "random")),
                        "top-pop", new RecommenderSettings(RecommenderType.TOP_POP, 100, List.of("random")),
                        "sticky-artist", new RecommenderSettings(RecommenderType.STICKY_ARTIST, 0, simpler),
                        "random", new RecommenderSettings(RecommenderType.RANDOM, 0, List.of())),
                recommenders);
    }

    @Test
    void withoutExperimentsNextTrackComparesContextualWithNew() {
        Configuration c = config.with("{'TRACKS_CATALOG': 'tracks.json', 'TRACKS_CATALOG_NN': 'nn.json'}")
                .load();

        assertEquals(
                List.of(new ExperimentSettings(
                        "NEXT_TRACK", Map.of("C", "contextual"), Map.of("C", 1), 1.0, Map.of(), true)),
                config.with("{'TRACKS_CATALOG': 'tracks.json'}").load().experiments());
        ExperimentSettings experiment = c.servingExperiment();
        assertEquals("{C=contextual, T1=new}", experiment.arms().toString());
        assertEquals(Map.of("C", 1, "T1", 1), experiment.weights());
        assertEquals(1.0, experiment.traffic());
    }

    @Test
    void withoutNnCatalogTheDefaultsDoNotUseIt() {
        Configuration c = config.with("{'TRACKS_CATALOG': 'tracks.json'}").load();

        assertEquals(
                List.of("contextual", "indexed", "top-pop", "sticky-artist", "random"),
                List.copyOf(c.recommenders().keySet()));
        assertEquals(Map.of("C", "contextual"), c.servingExperiment().arms());
    }

    @Test
    void rulesKeepTheirOrderAndHaveDefaults() {
        Configuration c = config.with("""
                {'TRACKS_CATALOG': 'tracks.json',
                 'rules': ['no-repeat', {'type': 'artist-spacing', 'most': 1}],
                 'recommenders': {
                   'a': {'type': 'contextual', 'rules': []},
                   'b': {'type': 'contextual', 'rules': [{'type': 'skip-memory', 'skipped': 0, 'plays': 3}, 'mmr']}},
                 'experiments': [{'name': 'X', 'arms': {'C': 'a'}, 'serves': true}]}""").load();

        assertEquals(List.of(new RuleSettings.NoRepeat(0), new RuleSettings.ArtistSpacing(2, 1)), c.rules());
        assertEquals(Optional.of(List.of()), recommender(c, "a").rules());
        assertEquals(
                Optional.of(List.of(new RuleSettings.SkipMemory(0, 0.5, 10, 3), new RuleSettings.Mmr(0.7, 50, 10))),
                recommender(c, "b").rules());
        assertEquals(
                List.of(),
                config.with("{'TRACKS_CATALOG': 'tracks.json'}").load().rules());
    }

    private static RecommenderSettings recommender(Configuration configuration, String name) {
        return Objects.requireNonNull(configuration.recommenders().get(name));
    }

    @Test
    void recommendersAndExperimentsKeepTheirOrder() {
        Configuration c = config.with("""
                {'TRACKS_CATALOG': 'tracks.json',
                 'recommenders': {
                   'z.ctx': {'type': 'contextual', 'fallback': ['pop', 'a']},
                   'pop': {'type': 'top-pop', 'size': 7},
                   'plain-pop': {'type': 'top-pop'},
                   'a': {'type': 'sticky-artist'}},
                 'experiments': [
                   {'name': 'AA', 'arms': {'C': 'a', 'T1': 'a'}},
                   {'name': 'POP', 'arms': {'C': 'z.ctx', 'T1': 'pop', 'T2': 'a'},
                    'weights': {'T2': 3, 'C': 1, 'T1': 1000000}, 'traffic': 0.25,
                    'forced': {'42': 'T1', 'anna': 'C'}, 'serves': true}]}""").load();

        assertEquals(
                List.of("z.ctx", "pop", "plain-pop", "a"),
                List.copyOf(c.recommenders().keySet()));
        assertEquals(
                List.of(
                        new RecommenderSettings(RecommenderType.CONTEXTUAL, 0, List.of("pop", "a")),
                        new RecommenderSettings(RecommenderType.TOP_POP, 7, List.of()),
                        new RecommenderSettings(RecommenderType.TOP_POP, 100, List.of()),
                        new RecommenderSettings(RecommenderType.STICKY_ARTIST, 0, List.of())),
                List.copyOf(c.recommenders().values()));
        ExperimentSettings aa = c.experiments().get(0);
        assertEquals(new ExperimentSettings("AA", aa.arms(), Map.of("C", 1, "T1", 1), 1.0, Map.of(), false), aa);
        ExperimentSettings pop = c.servingExperiment();
        assertEquals("{C=z.ctx, T1=pop, T2=a}", pop.arms().toString());
        assertEquals(Map.of("C", 1, "T1", 1_000_000, "T2", 3), pop.weights());
        assertEquals(0.25, pop.traffic());
        assertEquals("{42=T1, anna=C}", pop.forced().toString());
    }

    @Test
    void configurationsAreImmutable() {
        Configuration c = config.with("{'TRACKS_CATALOG': 'tracks.json'}").load();

        assertThrows(UnsupportedOperationException.class, () -> c.recommenders().clear());
        assertThrows(UnsupportedOperationException.class, () -> c.experiments().clear());
        assertThrows(
                UnsupportedOperationException.class,
                () -> c.servingExperiment().arms().clear());
    }

    @Test
    void flagsPrecedeTheEnvironmentAndTheEnvironmentTheFile() {
        config.with("{'TRACKS_CATALOG': 'tracks.json', 'seed': 1, 'server': {'port': 1, 'selectors': 2}}");
        Map<String, String> environment = Map.of("SEGUE_SERVER_PORT", "2", "SEGUE_SEED", "-2");
        Map<String, String> flags = Map.of("server.port", "3", "history.listens", "5");

        Configuration c = config.load(environment, flags);

        assertEquals(3, c.server().port());
        assertEquals(-2, c.seed());
        assertEquals(2, c.server().selectors());
        assertEquals(5, c.history().listens());
    }

    @Test
    void everySettingHasAVariableAndAFlag() {
        config.with("{'TRACKS_CATALOG': 'tracks.json'}");
        for (Setting setting : Setting.values()) {
            String name = setting.key().toUpperCase(Locale.ROOT).replace('.', '_');
            String bad = setting.type() == Scalar.Type.INTEGER ? "x" : "";

            String fromVariable = ConfigFolder.refusal(config.file(), Map.of("SEGUE_" + name, bad), NONE);
            String fromFlag = ConfigFolder.refusal(config.file(), NONE, Map.of(setting.key(), bad));

            assertEquals("environment SEGUE_" + name, fromVariable.substring(0, fromVariable.indexOf(':')));
            assertEquals("flag " + setting.key(), fromFlag.substring(0, fromFlag.indexOf(':')));
        }
    }

    @Test
    void pathsAreRelativeToTheFileOrElseToTheWorkingDirectory() {
        config.with("{'TRACKS_CATALOG': './sub/../tracks.json', 'DATA_LOG_FILE': '/elsewhere/data.json'}");
        Path workingDirectory = Path.of("").toAbsolutePath();

        Configuration c =
                config.load(Map.of("SEGUE_TRACKS_METADATA", "pom.xml"), Map.of("DATA_LOG_FILE", "target/../log.json"));

        assertEquals(folder.resolve("tracks.json"), c.tracksCatalog());
        assertEquals(Optional.of(workingDirectory.resolve("pom.xml")), c.tracksMetadata());
        assertEquals(workingDirectory.resolve("log.json"), c.dataLogFile());
        assertEquals(Path.of("/elsewhere/data.json"), config.load().dataLogFile());
    }

    @Test
    void theEnvironmentCanSetTheCatalog() {
        Map<String, String> environment =
                Map.of("SEGUE_TRACKS_CATALOG", folder.resolve("tracks.json").toString());

        assertEquals(
                folder.resolve("tracks.json"),
                config.with("{}").load(environment, NONE).tracksCatalog());
    }

    @Test
    void otherVariablesAreIgnored() {
        config.with("{'TRACKS_CATALOG': 'tracks.json'}");

        assertEquals(config.load(), config.load(Map.of("SEGUE_CONFIG", "other.json", "PATH", "/bin"), NONE));
    }

    @Test
    void secretsComeFromFileOrEnvironmentAndAreNotShown() {
        config.with("{'TRACKS_CATALOG': 'tracks.json', 'adapters': {'listenbrainz_tokens': {'anna': 'hidden-1'}}}");
        Configuration fromFile = config.load();
        assertEquals(Map.of("anna", "hidden-1"), fromFile.adapters().listenbrainzTokens());
        assertFalse(fromFile.toString().contains("hidden"));

        Configuration fromVariable =
                config.load(Map.of("SEGUE_ADAPTERS_LISTENBRAINZ_TOKENS", "{\"7\": \"hidden-2\"}"), NONE);
        assertEquals(Map.of("7", "hidden-2"), fromVariable.adapters().listenbrainzTokens());

        for (String bad : List.of("hidden", "{\"anna\": \"hidden\"", "[\"hidden\"]", "{} hidden")) {
            String message =
                    ConfigFolder.refusal(config.file(), Map.of("SEGUE_ADAPTERS_LISTENBRAINZ_TOKENS", bad), NONE);
            assertFalse(message.contains("hidden"), message);
        }
    }

    @Test
    void theAdminTokenComesFromAFileOrTheEnvironmentAndIsNotShown() throws IOException {
        Files.writeString(folder.resolve("token"), "hidden-0123456789\r\nanything\n");
        config.with("{'TRACKS_CATALOG': 'tracks.json', 'admin': {'token_file': 'token'}}");
        assertEquals(Optional.of("hidden-0123456789"), config.load().admin().token());
        assertFalse(config.load().toString().contains("hidden"));

        config.with("{'TRACKS_CATALOG': 'tracks.json'}");
        assertEquals(Optional.empty(), config.load().admin().token());
        Configuration fromVariable = config.load(Map.of("SEGUE_ADMIN_TOKEN", "hidden-9876543210"), NONE);
        assertEquals(Optional.of("hidden-9876543210"), fromVariable.admin().token());
        for (String bad : List.of("hidden", "hidden with spaces", "hidden-hidden-\u00e9")) {
            String message = ConfigFolder.refusal(config.file(), Map.of("SEGUE_ADMIN_TOKEN", bad), NONE);
            assertTrue(message.startsWith("environment SEGUE_ADMIN_TOKEN: must have 16 or more "), message);
            assertFalse(message.contains("hidden"), message);
        }
    }

    @Test
    void thePasswordOfTheKeyStoreComesFromTheEnvironmentAndIsNotShown() {
        config.with("{'TRACKS_CATALOG': 'tracks.json', 'tls': {'keystore': 'tracks.json'}}");
        Configuration configuration = config.load(Map.of("SEGUE_TLS_PASSWORD", "hidden"), NONE);
        assertTrue(configuration.tls().isOn());
        assertEquals(Optional.of("hidden"), configuration.tls().password());
        assertFalse(configuration.toString().contains("hidden"));
    }

    @Test
    void twoListenersDoNotShareAToken() {
        config.with("{'TRACKS_CATALOG': 'tracks.json', 'adapters': {'listenbrainz_tokens':"
                + " {'anna': 'hidden', 'ben': 'hidden'}}}");
        assertEquals(
                "adapters.listenbrainz_tokens.ben: has the token of another listener; choose another token",
                ConfigFolder.refusal(config.file(), NONE, NONE));
    }

    @Test
    void adaptersAreOffByDefault() {
        Configuration c = config.with("{'TRACKS_CATALOG': 'tracks.json'}").load();
        assertEquals(new AdapterSettings(Map.of(), Map.of(), false), c.adapters());
    }
}

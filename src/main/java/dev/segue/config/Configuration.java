package dev.segue.config;

import static dev.segue.config.Setting.DATA_LOG_FILE;
import static dev.segue.config.Setting.DATA_LOG_FILE_BACKUP_COPIES;
import static dev.segue.config.Setting.DATA_LOG_FILE_MAX_BYTES;
import static dev.segue.config.Setting.RECOMMENDATIONS_FILE_PATH;
import static dev.segue.config.Setting.SEED;
import static dev.segue.config.Setting.TOP_TRACKS_CATALOG;
import static dev.segue.config.Setting.TRACKS_CATALOG;
import static dev.segue.config.Setting.TRACKS_CATALOG_NN;
import static dev.segue.config.Setting.TRACKS_METADATA;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All that an operator can set, checked: every name that refers to a recommender or an arm refers to one that exists.
 * Paths are absolute. Maps keep the order of the file.
 *
 * @param file the file this was read from
 * @param tracksCatalog the tracks and their neighbours
 * @param tracksCatalogNn the tracks with the neighbours that recommenders of type {@link RecommenderType#NEW} use
 * @param tracksMetadata more about the tracks
 * @param topTracksCatalog the most popular tracks, best first
 * @param recommendations recommendations per listener
 * @param dataLogFile the event log
 * @param dataLogFileMaxBytes size at which the event log is rotated; 0 for never
 * @param dataLogFileBackupCopies rotated event logs to keep; empty for all
 * @param seed of every random choice
 * @param rules the session rules that recommenders are under, unless they have rules of their own
 * @param recommenders by name
 * @param experiments exactly one of them serves
 */
public record Configuration(
        Path file,
        Path tracksCatalog,
        Optional<Path> tracksCatalogNn,
        Optional<Path> tracksMetadata,
        Optional<Path> topTracksCatalog,
        Optional<Path> recommendations,
        Path dataLogFile,
        long dataLogFileMaxBytes,
        OptionalInt dataLogFileBackupCopies,
        long seed,
        ServerSettings server,
        LogSettings log,
        HistorySettings history,
        List<RuleSettings> rules,
        Map<String, RecommenderSettings> recommenders,
        List<ExperimentSettings> experiments) {

    /**
     * Checks what the parts cannot check alone.
     *
     * @throws ConfigurationException if a name refers to nothing, or not exactly one experiment serves
     */
    public Configuration {
        rules = List.copyOf(rules);
        recommenders = Ordered.copyOf(recommenders);
        experiments = List.copyOf(experiments);
        String fileName = String.valueOf(file.getFileName());
        try {
            server.requireThreads();
            DATA_LOG_FILE_MAX_BYTES.check(dataLogFileMaxBytes);
            dataLogFileBackupCopies.ifPresent(DATA_LOG_FILE_BACKUP_COPIES::check);
            new References(recommenders, fileName + " defines: ").check(experiments, tracksCatalogNn.isPresent());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(fileName + ": " + e.getMessage());
        }
    }

    /** The experiment whose recommenders answer. */
    public ExperimentSettings servingExperiment() {
        return experiments.stream()
                .filter(ExperimentSettings::serves)
                .findFirst()
                .orElseThrow();
    }

    /**
     * Reads a configuration; for each setting a flag goes before the environment, that before the file, and that before
     * the default.
     *
     * <p>Relative paths in the file start at the file's folder; those in flags and the environment start at the working
     * directory, as on any command line.
     *
     * @param file the configuration file
     * @param environment all environment variables; the setting {@code server.port} is {@code SEGUE_SERVER_PORT}. Other
     *     variables that begin with {@code SEGUE_} are refused, except {@code SEGUE_CONFIG}, which is ignored
     * @param flags settings by their key in the file, such as {@code server.port} or {@code DATA_LOG_FILE}
     * @throws ConfigurationException if anything is wrong, in one line that names the place and the remedy
     */
    public static Configuration load(Path file, Map<String, String> environment, Map<String, String> flags) {
        Path absolute = file.toAbsolutePath().normalize();
        ConfigNode root = ConfigurationFile.read(absolute);
        LayeredSettings given = new LayeredSettings(root, environment, flags);
        Path tracksCatalog = given.existingFile(TRACKS_CATALOG)
                .orElseThrow(() -> root.error("TRACKS_CATALOG: missing; name the file of the track catalog"));
        Optional<Path> tracksCatalogNn = given.existingFile(TRACKS_CATALOG_NN);
        return new Configuration(
                absolute,
                tracksCatalog,
                tracksCatalogNn,
                given.existingFile(TRACKS_METADATA),
                given.existingFile(TOP_TRACKS_CATALOG),
                given.existingFile(RECOMMENDATIONS_FILE_PATH),
                given.path(DATA_LOG_FILE),
                given.longInteger(DATA_LOG_FILE_MAX_BYTES),
                given.optionalInteger(DATA_LOG_FILE_BACKUP_COPIES),
                given.longInteger(SEED),
                ServerSettings.read(given),
                LogSettings.read(given),
                HistorySettings.read(given),
                root.find("rules").map(at -> at.list(RuleSettings::read)).orElse(List.of()),
                root.find("recommenders")
                        .map(at -> at.map(RecommenderSettings::read))
                        .orElseGet(() -> defaultRecommenders(tracksCatalogNn.isPresent())),
                root.find("experiments")
                        .map(at -> at.list(ExperimentSettings::read))
                        .orElseGet(() -> defaultExperiments(tracksCatalogNn.isPresent())));
    }

    /** Every type that draws from a list under its own name; {@code new} only if it has its catalog. */
    private static Map<String, RecommenderSettings> defaultRecommenders(boolean nn) {
        Map<String, RecommenderSettings> recommenders = new LinkedHashMap<>();
        for (RecommenderType type : RecommenderType.values()) {
            if (type.required().isEmpty() && (nn || type != RecommenderType.NEW)) {
                recommenders.put(type.text(), RecommenderSettings.defaultOf(type));
            }
        }
        return recommenders;
    }

    private static List<ExperimentSettings> defaultExperiments(boolean nn) {
        Map<String, String> arms = new LinkedHashMap<>();
        arms.put("C", RecommenderType.CONTEXTUAL.text());
        if (nn) {
            arms.put("T1", RecommenderType.NEW.text());
        }
        return List.of(ExperimentSettings.nextTrack(arms));
    }
}

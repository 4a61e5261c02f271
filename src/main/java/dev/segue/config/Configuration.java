package dev.segue.config;

import static dev.segue.config.Setting.DATA_LOG_FILE;
import static dev.segue.config.Setting.DATA_LOG_FILE_BACKUP_COPIES;
import static dev.segue.config.Setting.DATA_LOG_FILE_MAX_BYTES;
import static dev.segue.config.Setting.RECOMMENDATIONS_FILE_PATH;
import static dev.segue.config.Setting.SEED;
import static dev.segue.config.Setting.STATE_FOLDER;
import static dev.segue.config.Setting.TOP_TRACKS_CATALOG;
import static dev.segue.config.Setting.TRACKS_CATALOG;
import static dev.segue.config.Setting.TRACKS_CATALOG_NN;
import static dev.segue.config.Setting.TRACKS_METADATA;

import dev.segue.config.Values.Form;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * All settings, checked: every name of a recommender or an arm refers to one that exists. Paths are absolute. Maps keep the order
 * of the file. {@link Setting} describes the scalar settings.
 *
 * @param file the file that the configuration comes from
 * @param flags the settings that were given to {@link #load}, which have precedence over the file
 * @param rules the session rules of recommenders that have no rules of their own
 * @param recommenders by their names
 */
public record Configuration(
        Path file,
        Map<String, String> flags,
        Path tracksCatalog,
        Optional<Path> tracksCatalogNn,
        Optional<Path> tracksMetadata,
        Optional<Path> topTracksCatalog,
        Optional<Path> recommendations,
        Path dataLogFile,
        long dataLogFileMaxBytes,
        OptionalInt dataLogFileBackupCopies,
        Path stateFolder,
        long seed,
        ServerSettings server,
        LogSettings log,
        HistorySettings history,
        LearnSettings learn,
        ReloadSettings reload,
        AdapterSettings adapters,
        AdminSettings admin,
        AccessSettings access,
        TlsSettings tls,
        AccessLogSettings accessLog,
        List<RuleSettings> rules,
        Map<String, RecommenderSettings> recommenders,
        List<ExperimentSettings> experiments) {

    static final Key<String> SCHEMA =
            Key.of("$schema", Form.TEXT, "Path or address of the schema of this file, for editors. Segue ignores it.");
    static final Key<List<RuleSettings>> RULES = new Key<>(
            "rules",
            RuleType.RULES,
            List.of(),
            "Session rules for all recommenders that have no rules of their own; without it there are none, as in Botify."
                    + " A rule is the name of its type, or an object with `type` and parameters.");
    static final Key<Map<String, RecommenderSettings>> RECOMMENDERS = Key.of(
            "recommenders",
            new Form<>("object name → recommender", at -> at.map(RecommenderSettings::read)),
            "The recommenders by name. Without this section there is one of each type that draws from a list, named like its"
                    + " type (`new` only with `TRACKS_CATALOG_NN`). `contextual`, `new` and `sticky-artist` fall back to"
                    + " `indexed`, `top-pop`, `random`; `indexed` to `top-pop`, `random`; `top-pop` to `random`.");
    static final Key<List<ExperimentSettings>> EXPERIMENTS = Key.of(
            "experiments",
            new Form<>("array of experiments", at -> at.list(ExperimentSettings::read)),
            "The experiments, which assign recommenders to listeners. Exactly one experiment serves. Without this section"
                    + " there is one, `NEXT_TRACK`, which serves `contextual` as `C` and, with `TRACKS_CATALOG_NN`, `new` as `T1`.");

    /** The keys that only the file can have. */
    static final List<Key<?>> KEYS = List.of(RULES, RECOMMENDERS, EXPERIMENTS, SCHEMA);

    /**
     * Checks the settings that depend on each other.
     *
     * @throws ConfigurationException if a name refers to nothing, or not exactly one experiment serves
     */
    public Configuration {
        flags = Ordered.copyOf(flags);
        rules = List.copyOf(rules);
        recommenders = Ordered.copyOf(recommenders);
        experiments = List.copyOf(experiments);
        String fileName = String.valueOf(file.getFileName());
        try {
            server.requireThreads(admin.port().isPresent());
            tls.requireComplete();
            server.requireNoH2cBeside(tls);
            DATA_LOG_FILE_MAX_BYTES.check(dataLogFileMaxBytes);
            dataLogFileBackupCopies.ifPresent(DATA_LOG_FILE_BACKUP_COPIES::check);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(fileName + ": " + e.getMessage());
        }
        checkReferences(file, recommenders, experiments, tracksCatalogNn.isPresent(), Mistakes.thrown());
        checkLearnedArm(fileName, learn, experiments);
    }

    private static void checkLearnedArm(String fileName, LearnSettings learn, List<ExperimentSettings> experiments) {
        Set<String> arms = experiments.stream()
                .filter(ExperimentSettings::serves)
                .findFirst()
                .orElseThrow()
                .arms()
                .keySet();
        if (learn.into().isPresent() && !arms.contains(learn.into().get())) {
            throw new ConfigurationException(fileName + ": " + Setting.LEARN_INTO.key() + ": there is no arm \""
                    + learn.into().get() + "\" in the experiment that serves; its arms are " + String.join(", ", arms));
        }
    }

    private static void checkReferences(
            Path file,
            Map<String, RecommenderSettings> recommenders,
            List<ExperimentSettings> experiments,
            boolean nn,
            Mistakes mistakes) {
        String fileName = String.valueOf(file.getFileName());
        new References(recommenders, fileName + " defines: ")
                .problems(experiments, nn)
                .forEach(problem -> mistakes.add(new ConfigurationException(fileName + ": " + problem)));
    }

    /** The experiment whose recommenders are used. */
    public ExperimentSettings servingExperiment() {
        return experiments.stream()
                .filter(ExperimentSettings::serves)
                .findFirst()
                .orElseThrow();
    }

    /**
     * The same configuration with the files of its generation elsewhere: catalogs, lists and models.
     *
     * @param place where a file or folder is
     */
    public Configuration withFiles(UnaryOperator<Path> place) {
        Map<String, RecommenderSettings> moved = new LinkedHashMap<>();
        recommenders.forEach((name, settings) -> moved.put(name, settings.withModel(place)));
        return new Configuration(
                file,
                flags,
                place.apply(tracksCatalog),
                tracksCatalogNn.map(place),
                tracksMetadata.map(place),
                topTracksCatalog.map(place),
                recommendations.map(place),
                dataLogFile,
                dataLogFileMaxBytes,
                dataLogFileBackupCopies,
                stateFolder,
                seed,
                server,
                log,
                history,
                learn,
                reload,
                adapters,
                admin,
                access,
                tls,
                accessLog,
                rules,
                moved,
                experiments);
    }

    /** The address that the paths for administration are served on. */
    public String adminHost() {
        return admin.host().orElse(server.host());
    }

    /**
     * Reads a configuration. Flags take precedence over environment variables, these over the file, and the file over the
     * defaults.
     *
     * <p>Relative paths in the file start at the file's folder. Those in flags and the environment start at the working
     * directory.
     *
     * @param environment all environment variables; {@code SEGUE_SERVER_PORT} is the setting {@code server.port}. {@code
     *     SEGUE_CONFIG}, and variables for services named {@code segue}, are ignored; any other variable that begins with
     *     {@code SEGUE_} is an error
     * @param flags settings by their key in the file, such as {@code server.port} or {@code DATA_LOG_FILE}
     * @throws ConfigurationException if a value is wrong; the message is one line with the place and the remedy
     */
    public static Configuration load(Path file, Map<String, String> environment, Map<String, String> flags) {
        return read(file, environment, flags, Mistakes.thrown()).orElseThrow();
    }

    /**
     * All mistakes of a configuration that can be found without reading the files that it names; the parameters are those of
     * {@link #load}. Mistakes in one value may hide others that depend on it.
     *
     * @return messages of one line, each with the place and the remedy; empty if {@link #load} succeeds
     */
    public static List<String> mistakes(Path file, Map<String, String> environment, Map<String, String> flags) {
        Mistakes mistakes = Mistakes.collected();
        mistakes.in(() -> read(file, environment, flags, mistakes));
        return mistakes.messages();
    }

    /** @return empty if settings that depend on each other are mistaken, and mistakes are collected */
    private static Optional<Configuration> read(
            Path file, Map<String, String> environment, Map<String, String> flags, Mistakes mistakes) {
        Path absolute = file.toAbsolutePath().normalize();
        ConfigNode root = ConfigurationFile.read(absolute, mistakes);
        LayeredSettings given = new LayeredSettings(root, environment, flags);
        if (!given.has(TRACKS_CATALOG)) {
            mistakes.add(root.error("TRACKS_CATALOG: missing; name the file of the track catalog"));
        }
        Optional<Path> tracksCatalog = given.existingFile(TRACKS_CATALOG);
        Optional<Path> tracksCatalogNn = given.existingFile(TRACKS_CATALOG_NN);
        boolean nn = given.has(TRACKS_CATALOG_NN);
        Sections sections = Sections.read(root, nn);
        checkReferences(absolute, sections.recommenders(), sections.experiments(), nn, mistakes);
        return mistakes.orElse(
                () -> Optional.of(new Configuration(
                        absolute,
                        flags,
                        tracksCatalog.orElse(absolute),
                        nn ? tracksCatalogNn.or(() -> Optional.of(absolute)) : Optional.empty(),
                        given.existingFile(TRACKS_METADATA),
                        given.existingFile(TOP_TRACKS_CATALOG),
                        given.existingFile(RECOMMENDATIONS_FILE_PATH),
                        given.path(DATA_LOG_FILE),
                        given.longInteger(DATA_LOG_FILE_MAX_BYTES),
                        given.optionalInteger(DATA_LOG_FILE_BACKUP_COPIES),
                        given.path(STATE_FOLDER),
                        given.longInteger(SEED),
                        ServerSettings.read(given),
                        LogSettings.read(given),
                        HistorySettings.read(given),
                        LearnSettings.read(given),
                        ReloadSettings.read(given),
                        AdapterSettings.read(given),
                        AdminSettings.read(given),
                        AccessSettings.read(given),
                        TlsSettings.read(given),
                        AccessLogSettings.read(given),
                        sections.rules(),
                        sections.recommenders(),
                        sections.experiments())),
                Optional.empty());
    }

    /** The sections that only the file can have. */
    private record Sections(
            List<RuleSettings> rules,
            Map<String, RecommenderSettings> recommenders,
            List<ExperimentSettings> experiments) {

        /** Defaults stand in for recommenders and experiments with mistakes, so that none that was left out counts as undefined. */
        static Sections read(ConfigNode root, boolean nn) {
            Mistakes mistakes = root.source().mistakes();
            List<RuleSettings> rules = mistakes.orElse(() -> RULES.read(root), List.of());
            var defaults = new Sections(rules, defaultRecommenders(nn), defaultExperiments(nn));
            int before = mistakes.count();
            var read = mistakes.orElse(
                    () -> new Sections(
                            rules,
                            RECOMMENDERS.find(root).orElse(defaults.recommenders),
                            EXPERIMENTS.find(root).orElse(defaults.experiments)),
                    defaults);
            return mistakes.count() == before ? read : defaults;
        }
    }

    /** One recommender for each type without required keys, named like its type; {@code new} only if it has its catalog. */
    private static Map<String, RecommenderSettings> defaultRecommenders(boolean nn) {
        Map<String, RecommenderSettings> recommenders = new LinkedHashMap<>();
        for (RecommenderType type : RecommenderType.values()) {
            if (type.needsNoKey() && (nn || type != RecommenderType.NEW)) {
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

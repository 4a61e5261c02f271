package dev.segue.cli;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.ListenerIdsFile;
import dev.segue.catalog.TrackCatalogWriter;
import dev.segue.config.Configuration;
import dev.segue.event.DistinctEventReader;
import dev.segue.file.FileException;
import dev.segue.file.ParquetOutput;
import dev.segue.id.ListenerId;
import dev.segue.id.TrackIds;
import dev.segue.service.LatestSessions;
import dev.segue.service.NextTrackQuery;
import dev.segue.service.OfflineLists;
import dev.segue.service.Restrictions;
import dev.segue.service.ServingPlan;
import dev.segue.state.FeedbackStore;
import dev.segue.state.WithdrawnTracks;
import dev.segue.training.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;

/** {@code segue recommend}: ranked lists of tracks for many listeners, without a server. */
@Command(
        name = "recommend",
        description =
                "Write a ranked list of tracks for each listener, as a server with the configuration would recommend them.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        footer = {
            "",
            "A list continues the listener's latest session in the log, with the recommender of the listener's arm. Session rules,",
            "bans and withdrawn tracks apply as in a server. Nothing is logged.",
            "",
            "The lines have the form of listener lists, so a server can load the file as RECOMMENDATIONS_FILE_PATH:",
            "",
            "  segue recommend --config music/config.json --listeners all --count 50 --out lists.parquet"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RecommendCommand implements Callable<Integer> {

    private static final String ALL = "all";

    @Option(names = "--config", paramLabel = "FILE", defaultValue = "config.json", description = "The configuration.")
    private Path config;

    @Option(
            names = "--listeners",
            paramLabel = "all|FILE",
            defaultValue = ALL,
            description = "All listeners of the log, or those of a file: a JSON number or string per line.")
    private String listeners;

    @Option(names = "--count", paramLabel = "N", defaultValue = "50", description = "Tracks in a list, 1 to 1000.")
    private int count;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description =
                    "The lists as JSON lines, gzipped if the name ends with .gz, or as Parquet if it ends with .parquet.")
    private Path out;

    @Mixin
    private ConfiguredLogOption log;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (count < 1 || count > NextTrackQuery.MAX_COUNT) {
            throw new ParameterException(
                    spec.commandLine(), "--count must be from 1 to " + NextTrackQuery.MAX_COUNT + ", not " + count);
        }
        Configuration configuration = Configuration.load(config, System.getenv(), Map.of());
        log.useDefault(configuration);
        if (log.names().isEmpty() && listeners.equals(ALL)) {
            throw new TrainingException("there is no log: " + configuration.dataLogFile()
                    + " does not exist; name a log with --log, or listeners with --listeners FILE");
        }
        var generation = ServingPlan.generation(configuration, Catalog.load(ServingPlan.catalogFiles(configuration)));
        var sessions = new LatestSessions(ServingPlan.historyLimits(configuration));
        if (!log.names().isEmpty()) {
            log.read("read", (events, progress) -> {
                sessions.read(new DistinctEventReader(events), progress);
                return null;
            });
        }
        List<ListenerId> requested = listeners.equals(ALL) ? sessions.listeners() : listed(Path.of(listeners));
        try (FeedbackStore feedback = FeedbackStore.open(configuration.stateFolder());
                WithdrawnTracks withdrawn = WithdrawnTracks.open(configuration.stateFolder())) {
            var lists = new OfflineLists(
                    generation, sessions, new Restrictions(feedback, withdrawn), count, configuration.seed());
            write(lists, requested, generation.catalog());
        }
        spec.commandLine().getOut().printf(Locale.ROOT, "lists of %,d listeners%n", requested.size());
        return 0;
    }

    private static List<ListenerId> listed(Path file) {
        try {
            return ListenerIdsFile.read(file);
        } catch (IOException e) {
            throw FileException.unreadable(file, e);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new FileException(file + ": each line must be a listener's id, a JSON number or string", e);
        }
    }

    private void write(OfflineLists lists, List<ListenerId> requested, Catalog catalog) {
        try (var progress = new Progress("recommend", requested.size(), " listeners")) {
            Stream<Map.Entry<ListenerId, int[]>> computed = lists.of(requested, progress);
            if (ParquetOutput.isParquet(out)) {
                ParquetOutput.write(
                        out,
                        columns(requested, catalog),
                        lines -> TrackCatalogWriter.writeListenerLists(lines, computed));
            } else {
                TrackCatalogWriter.writeListenerLists(out, computed);
            }
        }
    }

    /** Ids are integers if all of them are; ids of listeners are texts otherwise. */
    private static Map<String, String> columns(List<ListenerId> requested, Catalog catalog) {
        boolean textUsers = requested.stream().anyMatch(ListenerId::quoted);
        int rows = catalog.tracks().size();
        long texts = IntStream.range(0, rows)
                .filter(row -> TrackIds.isText(catalog.tracks().idAt(row)))
                .count();
        if (texts > 0 && texts < rows) {
            throw new FileException("the catalog has integers and strings as ids, and a column of Parquet has one type;"
                    + " let --out end with .jsonl.gz");
        }
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("\"user\"", textUsers ? "VARCHAR" : "BIGINT");
        columns.put("tracks", texts > 0 ? "VARCHAR[]" : "INTEGER[]");
        return columns;
    }
}

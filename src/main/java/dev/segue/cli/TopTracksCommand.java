package dev.segue.cli;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.catalog.TrackCatalogWriter;
import dev.segue.event.EventLogs;
import dev.segue.event.EventReader;
import dev.segue.training.TopTracks;
import dev.segue.training.TrainingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code segue top-tracks}: from the event log to the top tracks. */
@Command(
        name = "top-tracks",
        description = "Count in event logs how long each track was listened to, and write the ranking that segue serve "
                + "loads as TOP_TRACKS_CATALOG.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TopTracksCommand implements Callable<Integer> {

    @Option(
            names = "--log",
            required = true,
            arity = "1..*",
            paramLabel = "LOG",
            description = "Logs of Segue or Botify, gzipped or not: files, folders or globs.")
    private List<String> logs;

    @Option(
            names = "--catalog",
            paramLabel = "FILE",
            defaultValue = "data/tracks.json",
            description = "The tracks, JSON lines.")
    private Path catalog;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "One JSON array, the track with the most time first. Gzipped if the name ends with .gz.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var counted =
                new TopTracks(Catalog.load(CatalogFiles.of(catalog)).tracks().bound());
        EventLogs found = EventLogs.find(logs);
        try (var progress = new Progress("read", found.bytes(), " MB", 1_000_000);
                EventReader events = found.open()) {
            counted.count(events, playbacks -> progress.accept(events.bytesRead()));
        }
        int[] ranked = counted.ranked();
        if (ranked.length == 0) {
            throw new TrainingException("the log has no playbacks; name another with --log");
        }
        TrackCatalogWriter.writeTopTracks(out, ranked);
        spec.commandLine()
                .getOut()
                .printf(Locale.ROOT, "%,d tracks by %,d playbacks%n", ranked.length, counted.playbacks());
        return 0;
    }
}

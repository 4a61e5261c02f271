package dev.segue.cli;

import dev.segue.catalog.TrackCatalogWriter;
import dev.segue.event.DistinctEventReader;
import dev.segue.training.TopTracks;
import dev.segue.training.TrainingException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private LogOption log;

    @Mixin
    private TracksOption catalog;

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
        var counted = new TopTracks(catalog.load().bound());
        long repeated = log.read("read", (events, progress) -> {
            var distinct = new DistinctEventReader(events);
            counted.count(distinct, playbacks -> progress.accept(events.bytesRead()));
            return distinct.repeated();
        });
        int[] ranked = counted.ranked();
        if (ranked.length == 0) {
            throw new TrainingException("the log has no playbacks; name another with --log");
        }
        TrackCatalogWriter.writeTopTracks(out, ranked);
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%,d tracks by %,d playbacks%s%n",
                        ranked.length,
                        counted.playbacks(),
                        repeated == 0 ? "" : String.format(Locale.ROOT, "; %,d repeated events left out", repeated));
        return 0;
    }
}

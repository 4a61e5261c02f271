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

/** {@code segue top-tracks}: ranks tracks by listening time in event logs. */
@Command(
        name = "top-tracks",
        description =
                "Rank tracks by total listening time in event logs, and write the ranking that segue serve loads as "
                        + "TOP_TRACKS_CATALOG.",
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
            description = "The ranking as a JSON array of track ids, gzipped if the name ends with .gz.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var topTracks = new TopTracks(catalog.load().rows());
        long repeated = log.read("read", (events, progress) -> {
            var distinct = new DistinctEventReader(events);
            topTracks.count(distinct, playbacks -> progress.accept(events.bytesRead()));
            return distinct.repeated();
        });
        int[] ranked = topTracks.ranked();
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
                        topTracks.playbacks(),
                        repeated == 0 ? "" : String.format(Locale.ROOT, "; %,d repeated events left out", repeated));
        return 0;
    }
}

package dev.segue.cli;

import dev.segue.catalog.Tracks;
import dev.segue.content.ColdTracks;
import dev.segue.embedding.NeighbourOrigin;
import dev.segue.file.FileException;
import dev.segue.matrix.FloatMatrix;
import dev.segue.training.ModelDescription;
import dev.segue.training.ModelFolder;
import dev.segue.training.NeighbourCatalog;
import dev.segue.training.Neighbours;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code segue neighbours}: computes a neighbour catalog from a model. */
@Command(
        name = "neighbours",
        description =
                "Find each track's nearest neighbours by a trained model, and write the catalog that segue serve loads.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        footer = {
            "",
            "The neighbours of track c are the k tracks t with the largest C[c]·T[t], found by exact search; ties by id. Tracks",
            "that were not the context of a training row have no neighbours, and are served by a fallback. Tracks without",
            "playbacks in the training data are not neighbours."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class NeighboursCommand implements Callable<Integer> {

    @Mixin
    private ModelOption model;

    @Mixin
    private TracksOption catalog;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description =
                    "The catalog as JSON lines, or as a matrix of int32 if the name ends with .npy; gzipped if it ends with .gz.")
    private Path out;

    @Option(names = "--k", paramLabel = "N", defaultValue = "50", description = "Neighbours of each track.")
    private int k;

    @Option(
            names = "--max-per-artist",
            paramLabel = "N",
            description = "Maximum number of a track's neighbours by one artist.")
    private @Nullable Integer maxPerArtist;

    @Option(
            names = "--min-rows",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Minimum number of training rows with a track as context; tracks with fewer have no neighbours.")
    private int minRows;

    @Option(
            names = "--scores",
            description =
                    "Also write the neighbours' scores, C[c]·T[t]: in the same lines, or with .npy to a second file.")
    private boolean withScores;

    @Option(
            names = "--memory-mb",
            paramLabel = "N",
            defaultValue = "256",
            description = "Memory for the search in MB, besides the model.")
    private long memoryMegabytes;

    @Mixin
    private ColdTrackOptions content;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var options = new Neighbours.Options(
                k, maxPerArtist == null ? 0 : maxPerArtist, minRows, Math.multiplyExact(memoryMegabytes, 1_000_000L));
        Optional<ColdTracks.Settings> coldTracks = content.settings();
        ModelFolder trained = model.load(spec.commandLine().getErr());
        Tracks tracks = catalog.load();
        var catalogOfNeighbours = new NeighbourCatalog(trained.tracks(), tracks);
        if (!catalogOfNeighbours.isOfModel()) {
            throw new FileException(String.format(
                    Locale.ROOT,
                    "%s has %,d tracks, and %s has other ones (%,d): name the catalog of the training with --catalog",
                    model.folder(),
                    trained.tracks().size(),
                    catalog.file(),
                    tracks.size()));
        }
        var neighbours =
                new Neighbours(trained, row -> tracks.artistRow(trained.tracks().track(row)), options);
        Neighbours.Result result = find(neighbours, tracks.size());
        FloatMatrix scores = withScores ? neighbours.scores(result.lists()) : null;
        Optional<ColdTracks.Filled> filled = coldTracks.map(settings -> catalogOfNeighbours.writeWithContent(
                out, result.lists(), scores, trained.trackCounts(), catalog.file(), settings));
        if (filled.isEmpty()) {
            catalogOfNeighbours.write(out, result.lists(), scores, catalog.file());
        }
        if (Files.isRegularFile(out)) {
            ModelDescription description = trained.description();
            new NeighbourOrigin(
                            description.settings().type(),
                            description.settings().context(),
                            k)
                    .write(out);
        }
        print(result, tracks);
        filled.ifPresent(lists -> content.print(lists, spec.commandLine().getOut()));
        return 0;
    }

    private static Neighbours.Result find(Neighbours neighbours, int tracks) {
        try (var progress = new Progress("neighbours", tracks, " tracks")) {
            return neighbours.find(progress);
        }
    }

    private void print(Neighbours.Result result, Tracks tracks) {
        long references = Arrays.stream(result.lists().values())
                .filter(neighbour -> neighbour != Neighbours.NONE)
                .count();
        int withoutNeighbours = tracks.size() - result.anchors();
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%,d neighbours of %,d tracks; %,d tracks (%.1f%%) were the context of fewer than %,d training rows and have none; "
                                + "%,d (%.1f%%) were never played and are not neighbours%n",
                        references,
                        result.anchors(),
                        withoutNeighbours,
                        100.0 * withoutNeighbours / tracks.size(),
                        minRows,
                        tracks.size() - result.candidates(),
                        100.0 * (tracks.size() - result.candidates()) / tracks.size());
    }
}

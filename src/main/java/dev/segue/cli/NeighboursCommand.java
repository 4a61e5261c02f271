package dev.segue.cli;

import dev.segue.catalog.ScoresFile;
import dev.segue.catalog.TrackCatalogWriter;
import dev.segue.catalog.Tracks;
import dev.segue.embedding.NeighbourOrigin;
import dev.segue.file.FileException;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import dev.segue.matrix.NpyFile;
import dev.segue.training.ModelDescription;
import dev.segue.training.ModelFolder;
import dev.segue.training.Neighbours;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
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

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var options = new Neighbours.Options(
                k, maxPerArtist == null ? 0 : maxPerArtist, minRows, Math.multiplyExact(memoryMegabytes, 1_000_000L));
        ModelFolder trained = model.load(spec.commandLine().getErr());
        Tracks tracks = catalog.load();
        if (tracks.bound() != trained.description().tracks()) {
            throw new FileException(String.format(
                    Locale.ROOT,
                    "%s has %,d tracks, but %s ends with track %,d: name the catalog of the training with --catalog",
                    model.folder(),
                    trained.description().tracks(),
                    catalog.file(),
                    tracks.bound() - 1));
        }
        var neighbours = new Neighbours(trained, tracks::artistRow, options);
        Neighbours.Result result;
        try (var progress = new Progress("neighbours", tracks.size(), " tracks")) {
            result = neighbours.find(progress);
        }
        write(result.lists(), withScores ? neighbours.scores(result.lists()) : null, tracks);
        if (Files.isRegularFile(out)) {
            ModelDescription description = trained.description();
            new NeighbourOrigin(
                            description.settings().type(),
                            description.settings().context(),
                            k)
                    .write(out);
        }
        print(result, tracks);
        return 0;
    }

    private void write(IntMatrix lists, @Nullable FloatMatrix scores, Tracks tracks) {
        if (out.getFileName().toString().matches(".*\\.npy(\\.gz)?")) {
            if (scores != null) {
                NpyFile.write(ScoresFile.of(out), scores);
            }
            NpyFile.write(out, lists);
            return;
        }
        TrackCatalogWriter.writeTracks(
                out,
                IntStream.range(0, tracks.size()).map(tracks::idAt),
                track -> Objects.requireNonNullElse(tracks.artist(track), ""),
                track -> Objects.requireNonNullElse(tracks.title(track), ""),
                track -> Arrays.copyOf(lists.row(track), neighbours(lists, track)),
                scores == null ? null : track -> row(scores, track, neighbours(lists, track)));
    }

    private static float[] row(FloatMatrix scores, int track, int length) {
        int from = track * scores.columns();
        return Arrays.copyOfRange(scores.values(), from, from + length);
    }

    /** The number of neighbours of a track. */
    private static int neighbours(IntMatrix lists, int track) {
        return (int) Arrays.stream(lists.row(track))
                .filter(neighbour -> neighbour != Neighbours.NONE)
                .count();
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

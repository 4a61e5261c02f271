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

/** {@code segue neighbours}: from a model to a neighbour catalog. */
@Command(
        name = "neighbours",
        description = "Find each track's nearest by a trained model, and write the catalog that segue serve loads.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        footer = {
            "",
            "The k tracks t with the largest C[c]·T[t] for each track c, exactly; ties by id. Tracks that no training session",
            "began with get no neighbours, so that a fallback answers; tracks that nobody was played are no neighbours."
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
                    "JSON lines, or with a name that ends with .npy a matrix of int32. Gzipped if it ends with .gz.")
    private Path out;

    @Option(names = "--k", paramLabel = "N", defaultValue = "50", description = "Neighbours of each track.")
    private int k;

    @Option(names = "--max-per-artist", paramLabel = "N", description = "So many by one artist at most.")
    private @Nullable Integer maxPerArtist;

    @Option(
            names = "--min-rows",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Only for tracks that were the context of so many training rows; a fallback answers for others.")
    private int minRows;

    @Option(
            names = "--scores",
            description =
                    "Write the neighbours' scores, C[c]·T[t], too: beside them, or with .npy into a file of its own.")
    private boolean withScores;

    @Option(
            names = "--memory-mb",
            paramLabel = "N",
            defaultValue = "256",
            description = "What the search may take beside the model.")
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
                    "%s knows %,d tracks, %s ends with track %,d: neighbours need the catalog of the training",
                    model.folder(),
                    trained.description().tracks(),
                    catalog.file(),
                    tracks.bound() - 1));
        }
        var neighbours = new Neighbours(trained, tracks::artistRow, options);
        Neighbours.Result found;
        try (var progress = new Progress("neighbours", tracks.size(), " tracks")) {
            found = neighbours.find(progress);
        }
        write(found.lists(), withScores ? neighbours.scores(found.lists()) : null, tracks);
        if (Files.isRegularFile(out)) {
            ModelDescription description = trained.description();
            new NeighbourOrigin(
                            description.settings().type(),
                            description.settings().context(),
                            k)
                    .write(out);
        }
        tell(found, tracks);
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

    /** How many neighbours a track has. */
    private static int neighbours(IntMatrix lists, int track) {
        return (int) Arrays.stream(lists.row(track))
                .filter(neighbour -> neighbour != Neighbours.NONE)
                .count();
    }

    private void tell(Neighbours.Result found, Tracks tracks) {
        long references = Arrays.stream(found.lists().values())
                .filter(neighbour -> neighbour != Neighbours.NONE)
                .count();
        int silent = tracks.size() - found.anchors();
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%,d neighbours of %,d tracks; %,d tracks (%.1f%%) were the context of fewer than %,d training rows and have none; "
                                + "%,d (%.1f%%) were never played and are nobody's%n",
                        references,
                        found.anchors(),
                        silent,
                        100.0 * silent / tracks.size(),
                        minRows,
                        tracks.size() - found.candidates(),
                        100.0 * (tracks.size() - found.candidates()) / tracks.size());
    }
}

package dev.segue.cli;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.catalog.Tracks;
import dev.segue.content.ContentCatalog;
import dev.segue.content.ContentSearch;
import dev.segue.embedding.NeighbourOrigin;
import dev.segue.file.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code segue content-neighbours}: computes a neighbour catalog from the content of tracks, without a log. */
@Command(
        name = "content-neighbours",
        description =
                "Find each track's nearest neighbours by its content, without a log, and write the catalog that segue serve loads.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        footer = {
            "",
            "The content of a track is its fields tags (array of strings), genre (string or array of strings), artist, album and",
            "year, as far as it has them, and the row of --content-embeddings. The similarity is the mean of the parts' cosines by their",
            "weights; parts that a track lacks lower it if the other track has them. Rare tags and genres weigh more. Years that",
            "differ by 10 or more have nothing in common.",
            "",
            "  segue content-neighbours --tracks tracks.json --out catalog.json",
            "  echo '{\"TRACKS_CATALOG\": \"catalog.json\"}' > config.json",
            "  segue serve --config config.json"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ContentNeighboursCommand implements Callable<Integer> {

    @Option(
            names = "--tracks",
            required = true,
            paramLabel = "FILE",
            description = "The tracks with their content: JSON lines, a JSON array or Parquet.")
    private Path trackFile;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description =
                    "The catalog as JSON lines: all fields of the tracks, with recommendations and scores; gzipped if the"
                            + " name ends with .gz.")
    private Path out;

    @Option(names = "--count", paramLabel = "N", defaultValue = "50", description = "Neighbours of each track.")
    private int count;

    @Option(
            names = "--max-per-artist",
            paramLabel = "N",
            defaultValue = "10",
            description = "Maximum number of a track's neighbours by one artist; 0 for no limit.")
    private int maxPerArtist;

    @Option(
            names = "--content-embeddings",
            paramLabel = "FILE",
            description =
                    "Embeddings of the audio, a .npy matrix of float32: one row for each row of the track file, in its"
                            + " order, and zeros where unknown.")
    private @Nullable Path embeddingFile;

    @Mixin
    private ContentWeightOptions weights;

    @Option(
            names = "--max-lookups",
            paramLabel = "N",
            defaultValue = "1000000",
            description =
                    "Maximum number of tracks with a common feature that are looked up for a track, counted for each"
                            + " feature, rare features first.")
    private int maxLookups;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var options = new ContentSearch.Options(count, maxPerArtist, maxLookups);
        var partWeights = weights.weights();
        Tracks tracks = Catalog.load(CatalogFiles.of(trackFile)).tracks();
        var search = ContentSearch.of(trackFile, tracks.size(), embeddingFile, partWeights, options);
        ContentSearch.Result result;
        try (var progress = new Progress("neighbours", tracks.size(), " tracks")) {
            result = search.find(progress);
        }
        int[] sizes = IntStream.range(0, tracks.size()).map(result::size).toArray();
        if (IntStream.of(sizes).allMatch(size -> size == 0)) {
            throw new FileException(
                    trackFile + ": no two tracks have content in common; add tags, genre, artist, album or"
                            + " year to its rows, or give --content-embeddings");
        }
        ContentCatalog.write(trackFile, out, result.lists(), result.scores(), tracks::idAt);
        removeOrigin();
        print(sizes, result.inexact());
        return 0;
    }

    /** Removes the description of the model that an earlier catalog at the path was computed from. */
    private void removeOrigin() {
        Path origin = NeighbourOrigin.file(out);
        try {
            Files.deleteIfExists(origin);
        } catch (IOException e) {
            throw new FileException("cannot remove " + origin + ": " + e, e);
        }
    }

    private void print(int[] sizes, int inexact) {
        long without = IntStream.of(sizes).filter(size -> size == 0).count();
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%,d neighbours of %,d tracks; %,d tracks (%.1f%%) have no content in common with others, and no"
                                + " neighbours; %s%n",
                        IntStream.of(sizes).asLongStream().sum(),
                        sizes.length,
                        without,
                        100.0 * without / sizes.length,
                        inexact == 0
                                ? "all lists are exact"
                                : String.format(
                                        Locale.ROOT,
                                        "%,d lists may lack a nearer track: raise --max-lookups to make them exact",
                                        inexact));
    }
}

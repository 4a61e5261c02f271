package dev.segue.training;

import dev.segue.catalog.ScoresFile;
import dev.segue.catalog.TrackCatalogWriter;
import dev.segue.catalog.Tracks;
import dev.segue.content.ColdTracks;
import dev.segue.content.ContentCatalog;
import dev.segue.id.TrackRows;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import dev.segue.matrix.NpyFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes the neighbours of a catalog's tracks, as lines of JSON with ids or as a matrix of the catalog's rows. */
public final class NeighbourCatalog {

    private final TrackRows trained;
    private final Tracks tracks;

    /**
     * @param trained the tracks of the model's rows
     * @param tracks the catalog's tracks
     */
    public NeighbourCatalog(TrackRows trained, Tracks tracks) {
        this.trained = trained;
        this.tracks = tracks;
    }

    /**
     * Whether the model was trained with the catalog: it has all tracks of the catalog, and no others. A model without {@code
     * track_ids.json} also has a row for each unused number below the largest id.
     */
    public boolean isOfModel() {
        return IntStream.range(0, tracks.size()).allMatch(row -> trained.row(tracks.idAt(row)) >= 0)
                && (trained.size() == tracks.size() || (trained.isIdentity() && tracks.contains(trained.size() - 1)));
    }

    /**
     * Writes the neighbours. JSON lines keep all fields of the track file, such as tags.
     *
     * @param out a matrix if the name ends with {@code .npy} or {@code .npy.gz}, with the scores in a second file
     * @param lists the model's tracks × k rows of the model, from {@link Neighbours#find}
     * @param scores the model's tracks × k; null to omit them
     * @param trackFile the file of the catalog's tracks
     * @throws dev.segue.file.FileException if a file cannot be read or written
     */
    public void write(Path out, IntMatrix lists, @Nullable FloatMatrix scores, Path trackFile) {
        if (isMatrix(out)) {
            writeMatrices(out, catalogRows(lists), scores == null ? null : catalogRows(scores));
        } else if (isMatrix(trackFile)) {
            writeLines(out, lists, scores);
        } else {
            ContentCatalog.write(
                    trackFile, out, catalogRows(lists), scores == null ? null : catalogRows(scores), tracks::idAt);
        }
    }

    private void writeLines(Path out, IntMatrix lists, @Nullable FloatMatrix scores) {
        TrackCatalogWriter.writeTracks(
                out,
                IntStream.range(0, tracks.size()).map(tracks::idAt),
                track -> Objects.requireNonNullElse(tracks.artist(track), ""),
                track -> Objects.requireNonNullElse(tracks.title(track), ""),
                track -> neighbours(lists, track).map(trained::track).toArray(),
                scores == null ? null : track -> row(scores, trained.row(track), size(lists, track)));
    }

    /**
     * Adds tracks with few plays by their content, and writes the neighbours. JSON lines keep all fields of the track file.
     *
     * @param lists the model's tracks × k rows of the model
     * @param scores the model's tracks × k; null to omit them
     * @param plays the model's tracks × 1: the number of plays of each track
     * @param trackFile the file of the catalog's tracks
     * @throws dev.segue.file.FileException if a file cannot be read or written, or is invalid
     */
    public ColdTracks.Filled writeWithContent(
            Path out,
            IntMatrix lists,
            @Nullable FloatMatrix scores,
            IntMatrix plays,
            Path trackFile,
            ColdTracks.Settings settings) {
        ColdTracks.Filled filled = ColdTracks.fill(
                catalogRows(lists),
                scores == null ? null : catalogRows(scores),
                row -> plays.get(trained.row(tracks.idAt(row)), 0),
                trackFile,
                settings);
        if (isMatrix(out)) {
            writeMatrices(out, filled.lists(), filled.scores());
        } else {
            ContentCatalog.write(trackFile, out, filled.lists(), filled.scores(), tracks::idAt);
        }
        return filled;
    }

    private static boolean isMatrix(Path out) {
        return out.getFileName().toString().matches(".*\\.npy(\\.gz)?");
    }

    private static void writeMatrices(Path out, IntMatrix lists, @Nullable FloatMatrix scores) {
        if (scores != null) {
            NpyFile.write(ScoresFile.of(out), scores);
        }
        NpyFile.write(out, lists);
    }

    /** The scores of the catalog's tracks. */
    private FloatMatrix catalogRows(FloatMatrix scores) {
        return scores.select(IntStream.range(0, tracks.size())
                .map(row -> trained.row(tracks.idAt(row)))
                .toArray());
    }

    /** The neighbours of the catalog's tracks as rows of the catalog. */
    private IntMatrix catalogRows(IntMatrix lists) {
        int columns = lists.columns();
        IntMatrix rows = IntMatrix.zeros(tracks.size(), columns);
        Arrays.fill(rows.values(), Neighbours.NONE);
        for (int row = 0; row < tracks.size(); row++) {
            int[] neighbours = neighbours(lists, tracks.idAt(row))
                    .map(neighbour -> tracks.row(trained.track(neighbour)))
                    .toArray();
            System.arraycopy(neighbours, 0, rows.values(), row * columns, neighbours.length);
        }
        return rows;
    }

    /** The model's rows of a track's neighbours. */
    private IntStream neighbours(IntMatrix lists, int track) {
        return Arrays.stream(lists.row(trained.row(track))).filter(neighbour -> neighbour != Neighbours.NONE);
    }

    private int size(IntMatrix lists, int track) {
        return (int) neighbours(lists, track).count();
    }

    private static float[] row(FloatMatrix scores, int row, int length) {
        int from = row * scores.columns();
        return Arrays.copyOfRange(scores.values(), from, from + length);
    }
}

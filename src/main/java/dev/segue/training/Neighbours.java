package dev.segue.training;

import dev.segue.file.FileException;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import dev.segue.matrix.NearestTracks;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.LongConsumer;

/**
 * Finds the k tracks t ≠ c with the largest C[c]·T[t] for each track c, the anchor. The search is exact; scores are in descending order,
 * ties in ascending order of rows. Anchors without training rows as context have no neighbours, and tracks without training rows as the
 * next track are not neighbours.
 */
public final class Neighbours {

    /** Fills the end of a row with fewer than k neighbours. */
    public static final int NONE = -1;

    private final FloatMatrix contexts;
    private final FloatMatrix tracks;
    private final int[] anchors;
    private final int[] candidates;
    private final IntUnaryOperator artistOf;
    private final Options options;

    /** The options of a search.
     *
     * @param k maximum number of neighbours of a track, ≥ 1
     * @param maxPerArtist maximum number of a track's neighbours by the same artist; 0 for no limit
     * @param minRows minimum number of an anchor's training rows as context, ≥ 1; embeddings trained on few rows are mostly noise
     * @param memoryBytes maximum heap memory of the search, without the model, > 0
     */
    public record Options(int k, int maxPerArtist, int minRows, long memoryBytes) {
        public Options {
            if (k < 1 || maxPerArtist < 0 || minRows < 1 || memoryBytes < 1) {
                throw new IllegalArgumentException(
                        "k, the minimum number of rows and the memory must be at least 1, and the limit per artist at least 0");
            }
        }
    }

    /** The result of a search.
     *
     * @param lists tracks × k rows in descending order of the score, filled up with {@link #NONE}
     * @param anchors number of anchors with enough training rows
     * @param candidates number of tracks that can be neighbours
     */
    public record Result(IntMatrix lists, int anchors, int candidates) {}

    /**
     * Prepares the search in a model.
     *
     * @param artistOf returns the number of the artist of a track's row; negative if the artist is unknown, which exempts it from the limit per artist
     */
    public Neighbours(ModelFolder model, IntUnaryOperator artistOf, Options options) {
        contexts = model.model().contexts();
        tracks = model.model().tracks();
        anchors = model.contextTracks(options.minRows());
        candidates = model.playedTracks();
        this.artistOf = artistOf;
        this.options = options;
    }

    /**
     * The scores of neighbours: C[c]·T[t] of each neighbour t of each track c.
     *
     * @param lists tracks × k, from {@link #find}
     * @return tracks × k; 0 for {@link #NONE}
     */
    public FloatMatrix scores(IntMatrix lists) {
        FloatMatrix scores = FloatMatrix.zeros(lists.rows(), lists.columns());
        for (int track = 0; track < lists.rows(); track++) {
            for (int i = 0; i < lists.columns(); i++) {
                int neighbour = lists.get(track, i);
                if (neighbour != NONE) {
                    scores.set(track, i, product(track, neighbour));
                }
            }
        }
        return scores;
    }

    private float product(int context, int track) {
        double product = 0;
        for (int i = 0; i < contexts.columns(); i++) {
            product += (double) contexts.get(context, i) * tracks.get(track, i);
        }
        return (float) product;
    }

    /** Finds the neighbours of all anchors in parallel.
     *
     * @param progress receives the number of anchors so far, after each block
     * @throws FileException if the memory is not enough for one anchor at a time
     */
    public Result find(LongConsumer progress) {
        IntMatrix lists = new IntMatrix(
                contexts.rows(), options.k(), emptyLists(Math.multiplyExact(contexts.rows(), options.k())));
        FloatMatrix items = tracks.select(candidates);
        int blockSize = blockSize(items);
        for (int first = 0; first < anchors.length; first += blockSize) {
            int end = Math.min(anchors.length, first + blockSize);
            find(
                    Arrays.copyOfRange(anchors, first, end),
                    items,
                    options.k() + 1,
                    lists); // + 1, since the anchor itself may be among them
            progress.accept(end);
        }
        return new Result(lists, anchors.length, candidates.length);
    }

    private static int[] emptyLists(int size) {
        int[] values = new int[size];
        Arrays.fill(values, NONE);
        return values;
    }

    /** The number of anchors that fit into the memory: for each, its embedding and k + 1 heap entries, sorted entries and ids. */
    private int blockSize(FloatMatrix items) {
        // The candidates' embeddings are stored twice: as selected, and transposed for the search.
        long fixed = 2L * items.values().length * Float.BYTES + 4L * contexts.rows() * options.k();
        long each = (long) contexts.columns() * Float.BYTES + 20L * (options.k() + 1);
        long anchorsInMemory = (options.memoryBytes() - fixed) / each;
        if (anchorsInMemory < 1) {
            throw new FileException(String.format(
                    Locale.ROOT,
                    "the search for neighbours of %,d tracks with %d dimensions needs at least %,d MB; raise --memory-mb",
                    contexts.rows(),
                    contexts.columns(),
                    (fixed + each + 999_999) / 1_000_000));
        }
        return (int) Math.min(anchorsInMemory, Math.max(1, anchors.length));
    }

    /**
     * Fills the rows of a block of anchors.
     *
     * @param length number of nearest tracks to search; doubled for the anchors whose rows the limit per artist leaves unfilled
     */
    private void find(int[] block, FloatMatrix items, int length, IntMatrix lists) {
        if (candidates.length == 0 || block.length == 0) {
            return;
        }
        int count = Math.min(length, candidates.length);
        IntMatrix nearest = NearestTracks.nearest(contexts.select(block), items, count);
        int[] unfilled = new int[block.length];
        int unfilledCount = 0;
        for (int i = 0; i < block.length; i++) {
            if (choose(nearest, i, block[i], lists) < options.k() && count < candidates.length) {
                unfilled[unfilledCount++] = block[i];
            }
        }
        if (unfilledCount > 0) {
            find(Arrays.copyOf(unfilled, unfilledCount), items, 2 * count, lists);
        }
    }

    /** Fills an anchor's row with its nearest tracks under the limit per artist, and returns their number. */
    private int choose(IntMatrix nearest, int row, int anchor, IntMatrix lists) {
        Map<Integer, Integer> byArtist = new HashMap<>();
        int size = 0;
        for (int i = 0; i < nearest.columns() && size < options.k(); i++) {
            int track = candidates[nearest.get(row, i)];
            int artist = artistOf.applyAsInt(track);
            if (track == anchor) {
                continue;
            }
            if (options.maxPerArtist() > 0
                    && artist >= 0
                    && byArtist.merge(artist, 1, Integer::sum) > options.maxPerArtist()) {
                continue;
            }
            lists.set(anchor, size++, track);
        }
        return size;
    }
}

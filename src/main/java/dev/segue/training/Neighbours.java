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
 * The k tracks with the largest C[c]·T[t] for every track c: exact, by falling score, ties by id. A track is no neighbour of its
 * own. Tracks that were never trained are left out on both sides: an anchor that was never a context has no neighbours, and a track
 * without plays is never a neighbour.
 */
public final class Neighbours {

    /** Stands for "no more neighbours" in a row. */
    public static final int NONE = -1;

    private final FloatMatrix contexts;
    private final FloatMatrix tracks;
    private final int[] anchors;
    private final int[] candidates;
    private final IntUnaryOperator artistOf;
    private final Options options;

    /**
     * The neighbours that are wanted.
     *
     * @param k how many of each track, ≥ 1
     * @param maxPerArtist how many of them by one artist at most; 0 for no limit
     * @param minRows so many training rows an anchor must have been the context of, ≥ 1; with few, what was learned is mostly noise
     * @param memoryBytes how much of the heap the search may take beside the model
     */
    public record Options(int k, int maxPerArtist, int minRows, long memoryBytes) {
        public Options {
            if (k < 1 || maxPerArtist < 0 || minRows < 1 || memoryBytes < 1) {
                throw new IllegalArgumentException(
                        "k and the rows of an anchor must be 1 or more, the limit for an artist 0 (none) or more, the memory more than 0");
            }
        }
    }

    /**
     * Neighbours, and how much of the catalog has any.
     *
     * @param lists tracks × k, each row by falling score, filled up with {@link #NONE}
     * @param anchors how many tracks have neighbours, or would if there were any
     * @param candidates how many tracks can be neighbours
     */
    public record Result(IntMatrix lists, int anchors, int candidates) {}

    /**
     * Prepares the search in a model.
     *
     * @param artistOf a number for each track's artist; negative if the artist is not known, which limits nothing
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
     * @param lists as {@link #find} returned them
     * @return the same shape; 0 where there is no neighbour
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

    /**
     * Finds all neighbours, on all cores.
     *
     * @param progress receives the number of anchors so far
     * @throws FileException if the memory is too small for even one anchor at a time
     */
    public Result find(LongConsumer progress) {
        IntMatrix lists =
                new IntMatrix(contexts.rows(), options.k(), filled(Math.multiplyExact(contexts.rows(), options.k())));
        FloatMatrix items = tracks.select(candidates);
        int block = block(items);
        for (int first = 0; first < anchors.length; first += block) {
            int end = Math.min(anchors.length, first + block);
            find(Arrays.copyOfRange(anchors, first, end), items, options.k() + 1, lists); // one of them may be itself
            progress.accept(end);
        }
        return new Result(lists, anchors.length, candidates.length);
    }

    private static int[] filled(int size) {
        int[] values = new int[size];
        Arrays.fill(values, NONE);
        return values;
    }

    /** How many anchors fit into the memory at once: each its vector, and k + 1 entries of a heap, sorted ones and ids. */
    private int block(FloatMatrix items) {
        // The candidates' vectors are there twice: as selected, and turned for the search.
        long fixed = 2L * items.values().length * Float.BYTES + 4L * contexts.rows() * options.k();
        long each = (long) contexts.columns() * Float.BYTES + 20L * (options.k() + 1);
        long fit = (options.memoryBytes() - fixed) / each;
        if (fit < 1) {
            throw new FileException(String.format(
                    Locale.ROOT,
                    "the search for neighbours of %,d tracks with %d dimensions needs at least %,d MB; raise --memory-mb",
                    contexts.rows(),
                    contexts.columns(),
                    (fixed + each + 999_999) / 1_000_000));
        }
        return (int) Math.min(fit, Math.max(1, anchors.length));
    }

    /** Fills the rows of some anchors. Where an artist has too many, that anchor is searched again for twice as many. */
    private void find(int[] some, FloatMatrix items, int length, IntMatrix lists) {
        if (candidates.length == 0 || some.length == 0) {
            return;
        }
        int found = Math.min(length, candidates.length);
        IntMatrix nearest = NearestTracks.nearest(contexts.select(some), items, found);
        int[] again = new int[some.length];
        int unsatisfied = 0;
        for (int i = 0; i < some.length; i++) {
            if (choose(nearest, i, some[i], lists) < options.k() && found < candidates.length) {
                again[unsatisfied++] = some[i];
            }
        }
        if (unsatisfied > 0) {
            find(Arrays.copyOf(again, unsatisfied), items, 2 * found, lists);
        }
    }

    /** Takes an anchor's best that no artist has too many of; how many there are. */
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

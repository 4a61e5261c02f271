package dev.segue.content;

import dev.segue.content.ContentSearch.Options;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the neighbours of one track after the other; for one thread.
 *
 * <p>The features of the track are looked up in the index, those of the fewest tracks first, and the products are summed by track. This
 * ends early when the features that are left cannot lift any other track into the list (H. Turtle, J. Flood: Query evaluation: strategies
 * and optimizations, 1995), so the tags that most tracks have are usually not looked up; or when the maximum number of look-ups is
 * reached. The similarities of the tracks that can still be in the list are then computed from their whole vectors.
 */
final class SearchWorker {

    /** The tolerance of the list's last score. Above the rounding errors of the sums. */
    static final float TOLERANCE = 1e-4f;

    /** Shorter lists of tracks are added without an attempt to end early. */
    private static final int SHORT = 1024;

    /** The tracks that are evaluated at least, if there are as many; more with a larger maximum number of look-ups. */
    private static final int EVALUATED = 4096;

    /** The look-ups that take as long as one evaluation. */
    private static final int LOOKUPS_OF_EVALUATION = 16;

    /** The tracks that are evaluated for a lower bound of the list's last score, relative to the length of the list. */
    private static final int FACTOR = 4;

    private final FeatureVectors vectors;
    private final InvertedIndex index;
    private final @Nullable EmbeddingNeighbours embeddings;
    private final Options options;
    private final QueryTerms terms;
    private final PartialSums sums;
    private final LargestLongs largest;
    private final LargestLongs evaluated;
    private final ChosenTracks chosen;
    private int query;
    private long[] nearestByEmbedding = {};
    private double embeddingBound;

    SearchWorker(
            FeatureVectors vectors, InvertedIndex index, @Nullable EmbeddingNeighbours embeddings, Options options) {
        this.vectors = vectors;
        this.index = index;
        this.embeddings = embeddings;
        this.options = options;
        terms = new QueryTerms(vectors, index);
        sums = new PartialSums(index, vectors.rows());
        largest = new LargestLongs(nearestCount(options));
        int maxEvaluated =
                Math.max(Math.max(EVALUATED, nearestCount(options)), options.maxLookups() / LOOKUPS_OF_EVALUATION);
        evaluated = new LargestLongs(Math.min(maxEvaluated, vectors.rows()));
        chosen = new ChosenTracks(vectors, options.count(), options.maxPerArtist());
    }

    /** The number of nearest tracks by embedding that a search needs for each track. */
    static int nearestCount(Options options) {
        return FACTOR * options.count();
    }

    /**
     * Finds the neighbours of a row.
     *
     * @return the neighbours, valid until the next call
     */
    ChosenTracks find(int row) {
        query = row;
        chosen.startOf(row);
        terms.of(row);
        evaluateNearestByEmbedding();
        int end = addTerms();
        double unseen = terms.bound(end) + embeddingBound;
        float lowerBound = lastScore();
        evaluated.clear();
        int candidates = 0;
        for (int i = 0; i < sums.size(); i++) {
            int candidate = sums.row(i);
            if (candidate != query && sums.sum(candidate) + unseen >= lowerBound - TOLERANCE) {
                evaluated.add(chosen.entry(sums.sum(candidate), candidate));
                candidates++;
            }
        }
        long[] entries = evaluated.values();
        if (candidates > entries.length) {
            Arrays.sort(entries);
            unseen += Math.max(0, chosen.scoreOf(entries[0]));
        }
        chosen.choose(exact(entries));
        chosen.setUnseenBound(unseen, TOLERANCE);
        sums.clear();
        return chosen;
    }

    /** Adds the terms to the sums; returns the number of terms that were added completely. */
    private int addTerms() {
        int left = options.maxLookups();
        for (int term = 0; term < terms.size(); term++) {
            int length = index.length(terms.feature(term));
            boolean isLong = length > SHORT && length > sums.size() / 2;
            if (isLong && terms.bound(term) + embeddingBound < lastScore() - TOLERANCE) {
                return term;
            }
            sums.add(terms.feature(term), terms.weight(term), left, query + 1);
            if (length > left) {
                return term;
            }
            left -= length;
        }
        return terms.size();
    }

    /** A lower bound of the score of the list's last track; −1 if the tracks so far do not fill the list. */
    private float lastScore() {
        largest.clear();
        for (int i = 0; i < sums.size(); i++) {
            int row = sums.row(i);
            if (row != query) {
                largest.add(chosen.entry(sums.sum(row), row));
            }
        }
        chosen.choose(exact(largest.values()));
        return chosen.isFull() ? chosen.score(chosen.size() - 1) : -1;
    }

    /** The entries of tracks with their exact scores, and those of the nearest tracks by embedding. */
    private long[] exact(long[] entries) {
        long[] all = Arrays.copyOf(entries, entries.length + nearestByEmbedding.length);
        for (int i = 0; i < entries.length; i++) {
            int row = chosen.rowOf(entries[i]);
            all[i] = chosen.entry(similarity(row), row);
        }
        System.arraycopy(nearestByEmbedding, 0, all, entries.length, nearestByEmbedding.length);
        return all;
    }

    private float similarity(int row) {
        double product = vectors.product(query, row);
        return (float) (embeddings == null ? product : product + embeddings.product(query, row));
    }

    private void evaluateNearestByEmbedding() {
        if (embeddings != null) {
            nearestByEmbedding = new long[embeddings.count()];
            for (int i = 0; i < nearestByEmbedding.length; i++) {
                int row = embeddings.nearest(query, i);
                nearestByEmbedding[i] = chosen.entry(similarity(row), row);
            }
            embeddingBound = embeddings.bound(query);
        }
    }
}

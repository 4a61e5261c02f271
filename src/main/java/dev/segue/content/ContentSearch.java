package dev.segue.content;

import dev.segue.file.FileException;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the k tracks with the most similar content for each track, as {@link FeatureVectors} defines it, among those with a similarity
 * above 0. The result does not depend on the number of threads.
 */
public final class ContentSearch {

    /** Fills the end of a row with fewer than k neighbours. */
    public static final int NONE = -1;

    private static final int BLOCK = 256;

    private final FeatureVectors vectors;
    private final InvertedIndex index;
    private final @Nullable EmbeddingNeighbours embeddings;
    private final Options options;

    /**
     * The options of a search.
     *
     * @param count maximum number of neighbours of a track, 1 to 1,000
     * @param maxPerArtist maximum number of a track's neighbours by the same artist; 0 for no limit
     * @param maxLookups maximum number of pairs of a feature and a track that are looked up for a track, at least 1; also bounds the number of
     *     tracks that are compared with a track as a whole. Bounds the time if most tracks have the same tags.
     */
    public record Options(int count, int maxPerArtist, int maxLookups) {
        /** The largest number of neighbours. */
        static final int MAX_COUNT = 1000;

        public Options {
            if (count < 1 || count > MAX_COUNT || maxPerArtist < 0 || maxLookups < 1) {
                throw new IllegalArgumentException("the number of neighbours must be from 1 to 1,000, the limit per"
                        + " artist at least 0, and the number of look-ups at least 1");
            }
        }

        /** The default limits with another number of neighbours. */
        static Options of(int count) {
            return new Options(count, 10, 1_000_000);
        }
    }

    /**
     * The neighbours of all tracks.
     *
     * @param lists tracks × k rows in descending order of the score, filled up with {@link #NONE}
     * @param scores the similarities of the neighbours, in (0, 1]; 0 for {@link #NONE}
     * @param inexact the number of lists for which the maximum number of look-ups was not enough: a track that is not in such a list may
     *     be more similar than the list's last one by more than 0.0001
     */
    public record Result(IntMatrix lists, FloatMatrix scores, int inexact) {

        /** The number of a row's neighbours. */
        public int size(int row) {
            int size = 0;
            while (size < lists.columns() && lists.get(row, size) != NONE) {
                size++;
            }
            return size;
        }
    }

    /**
     * Prepares a search among the tracks of a file.
     *
     * @param audio the file of the embeddings; null for none
     * @param rows the number of rows of the track file
     * @throws FileException if a file cannot be read, is invalid, or has another number of rows
     */
    public static ContentSearch of(
            Path tracks, int rows, @Nullable Path audio, ContentWeights weights, Options options) {
        TrackContent content = ContentReader.read(tracks);
        if (content.rows() != rows) {
            throw new FileException(tracks + " changed while it was read; run the command again");
        }
        ContentEmbeddings embeddings = audio == null ? null : ContentEmbeddings.read(audio, rows);
        return new ContentSearch(content, embeddings, weights, options);
    }

    /**
     * Prepares a search.
     *
     * @param audio the embeddings, which cannot be used for another search; null for none
     */
    public ContentSearch(
            TrackContent content, @Nullable ContentEmbeddings audio, ContentWeights weights, Options options) {
        this.options = options;
        vectors = new FeatureVectors(content, weights, audio);
        index = new InvertedIndex(vectors);
        embeddings = audio == null
                ? null
                : new EmbeddingNeighbours(audio, vectors.embeddingWeights(), SearchWorker.nearestCount(options));
    }

    /**
     * Finds the neighbours of all tracks on all processors.
     *
     * @param progress receives the number of tracks so far, on several threads but not at the same time
     */
    public Result find(LongConsumer progress) {
        return find(progress, Runtime.getRuntime().availableProcessors());
    }

    Result find(LongConsumer progress, int threads) {
        IntMatrix lists = empty(vectors.rows(), options.count());
        FloatMatrix scores = FloatMatrix.zeros(vectors.rows(), options.count());
        var next = new AtomicInteger();
        var inexact = new AtomicInteger();
        var done = new Done(progress);
        IntStream.range(0, threads).parallel().forEach(thread -> {
            var worker = new SearchWorker(vectors, index, embeddings, options);
            for (int first = next.getAndAdd(BLOCK); first < vectors.rows(); first = next.getAndAdd(BLOCK)) {
                int end = Math.min(first + BLOCK, vectors.rows());
                for (int row = first; row < end; row++) {
                    inexact.addAndGet(store(worker.find(row), row, lists, scores) ? 0 : 1);
                }
                done.add(end - first);
            }
        });
        return new Result(lists, scores, inexact.get());
    }

    private static IntMatrix empty(int rows, int columns) {
        IntMatrix lists = IntMatrix.zeros(rows, columns);
        Arrays.fill(lists.values(), NONE);
        return lists;
    }

    /** Stores a list; returns whether it is exact. */
    private static boolean store(ChosenTracks chosen, int row, IntMatrix lists, FloatMatrix scores) {
        for (int i = 0; i < chosen.size(); i++) {
            lists.set(row, i, chosen.row(i));
            scores.set(row, i, chosen.score(i));
        }
        return chosen.isExact();
    }

    /** Counts the tracks of all threads. */
    private static final class Done {
        private final LongConsumer progress;
        private long count;

        Done(LongConsumer progress) {
            this.progress = progress;
        }

        synchronized void add(int tracks) {
            count += tracks;
            progress.accept(count);
        }
    }
}

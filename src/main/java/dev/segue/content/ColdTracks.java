package dev.segue.content;

import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Adds tracks with few plays, the cold tracks, to the neighbour lists of a trained model.
 *
 * <p>A cold track gets the list of its neighbours by content. To be recommended itself, it gets places in the lists of tracks
 * that are similar by content and not cold: at most a share of each list, spread evenly. Pairs of a cold track and such a list
 * are taken in descending order of the similarity, first for cold tracks without a place, then for all until the places are used
 * up. Lists that are empty stay empty.
 */
public final class ColdTracks {

    private static final int NONE = ContentSearch.NONE;

    private final IntMatrix trained;
    private final ContentSearch.Result content;
    private final IntPredicate isCold;
    /** Lists × places: the cold tracks of each list, those that were placed first at the beginning. */
    private final IntMatrix placed;

    private final int[] placedCount;

    /**
     * The settings.
     *
     * @param minPlays a track with fewer plays is cold, at least 1
     * @param share the share of each list's places that cold tracks get at most, 0 to 0.5; rounded to the nearest number of places, but to 0
     *     only if it is 0
     * @param embeddings the file of the embeddings
     * @param weights the weights of the content
     */
    public record Settings(int minPlays, double share, Optional<Path> embeddings, ContentWeights weights) {
        public Settings {
            if (minPlays < 1 || !(share >= 0 && share <= 0.5)) {
                throw new IllegalArgumentException(
                        "the minimum number of plays must be at least 1, and the share of cold tracks from 0 to 0.5");
            }
        }

        private int places(int columns) {
            return share == 0 ? 0 : (int) Math.min(columns, Math.max(1, Math.round(share * columns)));
        }
    }

    /**
     * The lists of all tracks.
     *
     * @param lists tracks × k rows, filled up with {@link ContentSearch#NONE}
     * @param scores tracks × k scores of the trained model, in descending order; a cold track in a list has the score of the track before it.
     *     Lists of cold tracks have the similarities of the content. Null if there were none.
     * @param cold the number of cold tracks
     * @param withNeighbours the number of cold tracks that have neighbours
     * @param reachable the number of cold tracks that are in the list of a track that is not cold
     */
    public record Filled(IntMatrix lists, @Nullable FloatMatrix scores, int cold, int withNeighbours, int reachable) {}

    private ColdTracks(IntMatrix trained, ContentSearch.Result content, IntPredicate isCold, int places) {
        this.trained = trained;
        this.content = content;
        this.isCold = isCold;
        placed = IntMatrix.zeros(trained.rows(), places);
        placedCount = new int[trained.rows()];
    }

    /**
     * Fills the lists of the tracks of a file.
     *
     * @param trained tracks × k rows of the file
     * @param scores tracks × k; null for none
     * @param plays returns the number of plays of a row
     * @param trackFile the file of the tracks with their content
     * @throws dev.segue.file.FileException if the file of the tracks or of the embeddings is invalid
     */
    public static Filled fill(
            IntMatrix trained,
            @Nullable FloatMatrix scores,
            IntUnaryOperator plays,
            Path trackFile,
            Settings settings) {
        var options = ContentSearch.Options.of(Math.min(trained.columns(), ContentSearch.Options.MAX_COUNT));
        ContentSearch.Result content = ContentSearch.of(
                        trackFile, trained.rows(), settings.embeddings().orElse(null), settings.weights(), options)
                .find(done -> {});
        return fill(trained, scores, content, row -> plays.applyAsInt(row) < settings.minPlays(), settings);
    }

    static Filled fill(
            IntMatrix trained,
            @Nullable FloatMatrix scores,
            ContentSearch.Result content,
            IntPredicate isCold,
            Settings settings) {
        var tracks = new ColdTracks(trained, content, isCold, settings.places(trained.columns()));
        tracks.place();
        return tracks.result(scores);
    }

    /** Gives each cold track a place, and then uses up the places. */
    private void place() {
        long[] pairs = pairs();
        boolean[] hasPlace = new boolean[trained.rows()];
        boolean[] isUsed = new boolean[pairs.length];
        for (int i = pairs.length - 1; i >= 0; i--) {
            if (!hasPlace[cold(pairs[i])] && place(pairs[i])) {
                hasPlace[cold(pairs[i])] = true;
                isUsed[i] = true;
            }
        }
        for (int i = pairs.length - 1; i >= 0; i--) {
            if (!isUsed[i]) {
                place(pairs[i]);
            }
        }
    }

    /**
     * The pairs of a cold track and a list, in ascending order of the similarity, ties in descending order of the rows. The high half of a
     * pair is the similarity, which is positive, so that its bits are in the same order; the low half is the complement of its position in
     * the lists by content.
     */
    private long[] pairs() {
        int columns = content.lists().columns();
        return IntStream.range(0, trained.rows())
                .filter(isCold)
                .flatMap(row -> IntStream.range(row * columns, row * columns + content.size(row)))
                .filter(position -> isHost(content.lists().values()[position], position / columns))
                .mapToLong(
                        position -> (long) Float.floatToIntBits(content.scores().values()[position]) << Integer.SIZE
                                | (~position & 0xFFFFFFFFL))
                .sorted()
                .toArray();
    }

    /** Whether a list can take a cold track: it is the list of a track that is not cold, not empty, and does not have the track. */
    private boolean isHost(int row, int cold) {
        return !isCold.test(row)
                && trained.get(row, 0) != NONE
                && Arrays.stream(trained.row(row)).noneMatch(neighbour -> neighbour == cold);
    }

    private int cold(long pair) {
        return (int) ~pair / content.lists().columns();
    }

    /** Gives the cold track of a pair a place in the list of the pair, unless all are taken. */
    private boolean place(long pair) {
        int host = content.lists().values()[(int) ~pair];
        if (placedCount[host] == placed.columns()) {
            return false;
        }
        placed.set(host, placedCount[host]++, cold(pair));
        return true;
    }

    private Filled result(@Nullable FloatMatrix trainedScores) {
        IntMatrix lists = IntMatrix.zeros(trained.rows(), trained.columns());
        FloatMatrix scores =
                trainedScores == null ? null : FloatMatrix.zeros(trainedScores.rows(), trainedScores.columns());
        int cold = 0;
        int withNeighbours = 0;
        boolean[] isReachable = new boolean[trained.rows()];
        for (int row = 0; row < trained.rows(); row++) {
            boolean isColdRow = isCold.test(row);
            boolean isByContent = isColdRow && content.size(row) > 0;
            cold += isColdRow ? 1 : 0;
            withNeighbours += isByContent ? 1 : 0;
            if (isByContent) {
                copyContent(row, lists, scores);
            } else {
                merge(row, lists, trainedScores, scores);
            }
            for (int i = 0; i < lists.columns() && !isColdRow && lists.get(row, i) != NONE; i++) {
                isReachable[lists.get(row, i)] = true;
            }
        }
        int reachable = (int) IntStream.range(0, trained.rows())
                .filter(row -> isReachable[row] && isCold.test(row))
                .count();
        return new Filled(lists, scores, cold, withNeighbours, reachable);
    }

    private void copyContent(int row, IntMatrix lists, @Nullable FloatMatrix scores) {
        for (int i = 0; i < lists.columns(); i++) {
            boolean isEnd = i >= content.lists().columns();
            lists.set(row, i, isEnd ? NONE : content.lists().get(row, i));
            if (scores != null) {
                scores.set(row, i, isEnd ? 0 : content.scores().get(row, i));
            }
        }
    }

    /** Puts a list's cold tracks at the ends of equal parts of the k places, or at the end of a shorter list. */
    private void merge(int row, IntMatrix lists, @Nullable FloatMatrix trainedScores, @Nullable FloatMatrix scores) {
        int cold = placedCount[row];
        int used = 0;
        for (int i = 0; i < lists.columns(); i++) {
            int next = trained.get(row, i - used);
            boolean isColdPlace = used < cold && (next == NONE || i + 1 >= (long) (used + 1) * lists.columns() / cold);
            lists.set(row, i, isColdPlace ? placed.get(row, used) : next);
            if (scores != null && trainedScores != null) {
                boolean isCopied = isColdPlace && i > 0;
                scores.set(row, i, isCopied ? scores.get(row, i - 1) : trainedScores.get(row, i - used));
            }
            used += isColdPlace ? 1 : 0;
        }
    }
}

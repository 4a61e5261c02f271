package dev.segue.knn;

/**
 * How sessions resemble each other and what follows from it. Decays are rates: a weight falls by the factor exp(−rate) with each
 * step; with the rate 0 all steps weigh the same.
 *
 * @param neighbours how many of the most similar sessions recommend (k)
 * @param recent of how many of the most recent sessions that share an item with the current one these are chosen (m)
 * @param history how many of the current session's latest items are compared
 * @param positionDecay of the similarity that an item contributes, for each item that came after it in the current session
 * @param matchDecay of a neighbour's weight, for each item of the current session that came after the latest one they share
 * @param queryIdf the weight of rarity in the similarity: an item contributes 1 + queryIdf · idf times as much, where idf is
 *     the logarithm of all plays over the sessions that have the item
 * @param itemIdf the weight of rarity in a recommended item's score, likewise
 * @param lengthExponent a neighbour's similarity is divided by its length to this power
 * @param recencyDecay of a neighbour's similarity, for each day that it ended before the newest session
 * @param forwardDecay of an item's score, for each step in the neighbour after the item that follows the shared one
 * @param backward the weight of the item just before the shared one, where the one just after it has 1
 * @param backwardDecay of an item's score, for each step in the neighbour before that
 * @param seen the weight of items that the current session has had
 * @param neutralShare the listened share that tells nothing: an item counts (share − neutralShare) / (1 − neutralShare), so that
 *     with 0 it counts by its share, and above that a skipped one counts negatively, in the current session and in neighbours
 */
public record KnnSettings(
        int neighbours,
        int recent,
        int history,
        double positionDecay,
        double matchDecay,
        double queryIdf,
        double itemIdf,
        double lengthExponent,
        double recencyDecay,
        double forwardDecay,
        double backward,
        double backwardDecay,
        double seen,
        double neutralShare) {

    /** For sessions of clicks, where all shares are 1: chosen on the validation sessions of Serenade's toy data. */
    public static final KnnSettings CLICKS =
            new KnnSettings(200, 500, 10, 0.3, 0.05, 0.5, 0.5, 0.3, 0, 0.25, 0.8, 0.3, 3, 0);

    /**
     * For event logs, where tracks are recommended and listened to in part: the order within a session tells little, and a track of which
     * less than half is played speaks against its like. Chosen by simulated sessions on the bundled log.
     */
    public static final KnnSettings LISTENS = new KnnSettings(500, 1000, 20, 0, 0, 0.5, 0, 0.5, 0, 0, 1, 0, 1, 0.5);

    public KnnSettings {
        require("neighbours", neighbours, 1, 1_000_000);
        require("recent", recent, 1, 1_000_000);
        require("history", history, 1, 1000);
        require("positionDecay", positionDecay, 0, 100);
        require("matchDecay", matchDecay, 0, 100);
        require("queryIdf", queryIdf, 0, 1e9);
        require("itemIdf", itemIdf, 0, 1e9);
        require("lengthExponent", lengthExponent, 0, 2);
        require("recencyDecay", recencyDecay, 0, 100);
        require("forwardDecay", forwardDecay, 0, 100);
        require("backward", backward, 0, 100);
        require("backwardDecay", backwardDecay, 0, 100);
        require("seen", seen, 0, 100);
        if (!(neutralShare >= 0 && neutralShare < 1)) {
            throw new IllegalArgumentException("neutralShare must be from 0 to below 1, and is " + neutralShare);
        }
    }

    private static void require(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    name + " must be from " + number(least) + " to " + number(most) + ", and is " + number(value));
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}

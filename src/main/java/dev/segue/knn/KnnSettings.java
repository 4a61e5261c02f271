package dev.segue.knn;

/**
 * The weights of the similarity between sessions and of the scores of items. Decays are rates: each step multiplies a weight by exp(−rate);
 * at rate 0 all steps have the same weight.
 *
 * @param neighbours number of most similar sessions that score items (k)
 * @param recent number of candidates for neighbours (m): the most recent sessions that share an item with the current one
 * @param history number of the current session's latest items that are compared
 * @param positionDecay decay of an item's contribution to the similarity, per later item in the current session
 * @param matchDecay decay of a neighbour's weight, per item of the current session after the latest shared one
 * @param queryIdf weight of rarity in the similarity: an item's contribution is multiplied by 1 + queryIdf · idf, where idf is
 *     ln(number of plays / number of sessions that contain the item)
 * @param itemIdf weight of rarity in an item's score, likewise
 * @param lengthExponent a session's similarity is divided by its length to this power
 * @param recencyDecay decay of a session's similarity, per day between its end and the end of the newest session
 * @param forwardDecay decay of an item's score, per step in the neighbour after the item that follows the shared one
 * @param backward weight of the item just before the shared one; the item just after it has weight 1
 * @param backwardDecay decay of an item's score, per step in the neighbour before the item that precedes the shared one
 * @param seen factor of the scores of items that the current session contains
 * @param neutralShare the played share with weight 0, in [0, 1): an item's weight, in the current session and in neighbours, is
 *     (share − neutralShare) / (1 − neutralShare). At 0 the weight is the share; above 0, skipped items have negative weights
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

    /** For sessions of clicks, where all shares are 1. Tuned on the validation sessions of Serenade's toy data. */
    public static final KnnSettings CLICKS =
            new KnnSettings(200, 500, 10, 0.3, 0.05, 0.5, 0.5, 0.3, 0, 0.25, 0.8, 0.3, 3, 0);

    /**
     * For event logs, where tracks are recommended and partly played: the order within a session has little information, and a track
     * with a played share below 1/2 has a negative weight. Tuned by simulated sessions on the bundled log.
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
            throw new IllegalArgumentException("neutralShare must be at least 0 and below 1, and is " + neutralShare);
        }
    }

    private static void require(String name, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(
                    name + " must be from " + number(min) + " to " + number(max) + ", and is " + number(value));
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}

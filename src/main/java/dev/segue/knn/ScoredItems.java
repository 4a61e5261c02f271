package dev.segue.knn;

/** Items with their scores, best first. */
public final class ScoredItems {

    private final long[] items;
    private final double[] scores;

    ScoredItems(BestScores sorted) {
        items = new long[sorted.size()];
        scores = new double[sorted.size()];
        for (int i = 0; i < items.length; i++) {
            items[i] = sorted.key(i);
            scores[i] = sorted.score(i);
        }
    }

    /** The number of items. */
    public int size() {
        return items.length;
    }

    /** The item at a place; 0 is the best. */
    public long item(int place) {
        return items[place];
    }

    /** The score of the item at a place, > 0. */
    public double score(int place) {
        return scores[place];
    }
}

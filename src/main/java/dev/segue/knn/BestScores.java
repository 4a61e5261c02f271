package dev.segue.knn;

/**
 * The highest of many scores, each with a number, at most so many of them. Of equal scores the smaller numbers win. A heap whose
 * root is the worst.
 */
final class BestScores {

    private double[] scores;
    private long[] keys;
    private int capacity;
    private int size;

    BestScores() {
        scores = new double[16];
        keys = new long[16];
    }

    /** Forgets all, and will hold so many. */
    void reset(int newCapacity) {
        capacity = newCapacity;
        size = 0;
        if (scores.length < newCapacity) {
            scores = new double[newCapacity];
            keys = new long[newCapacity];
        }
    }

    int size() {
        return size;
    }

    double score(int place) {
        return scores[place];
    }

    long key(int place) {
        return keys[place];
    }

    /** Whether a score would be held. */
    boolean takes(double score, long key) {
        return size < capacity || worse(scores[0], keys[0], score, key);
    }

    /** Holds a score if it is among the best. */
    void add(double score, long key) {
        if (size < capacity) {
            int place = size++;
            while (place > 0 && worse(score, key, scores[(place - 1) / 2], keys[(place - 1) / 2])) {
                move((place - 1) / 2, place);
                place = (place - 1) / 2;
            }
            put(place, score, key);
        } else if (takes(score, key)) {
            sink(score, key, size);
        }
    }

    /** Puts a score at the root of a heap of so many, and lets it sink to its place. */
    private void sink(double score, long key, int heap) {
        int place = 0;
        while (true) {
            int child = 2 * place + 1;
            if (child >= heap) {
                break;
            }
            if (child + 1 < heap && worse(scores[child + 1], keys[child + 1], scores[child], keys[child])) {
                child++;
            }
            if (!worse(scores[child], keys[child], score, key)) {
                break;
            }
            move(child, place);
            place = child;
        }
        put(place, score, key);
    }

    /** Sorts them, the best first. Nothing may be added then. */
    void sort() {
        for (int heap = size - 1; heap > 0; heap--) {
            double score = scores[heap];
            long key = keys[heap];
            move(0, heap);
            sink(score, key, heap);
        }
    }

    private void move(int from, int to) {
        put(to, scores[from], keys[from]);
    }

    private void put(int place, double score, long key) {
        scores[place] = score;
        keys[place] = key;
    }

    private static boolean worse(double score, long key, double otherScore, long otherKey) {
        return score < otherScore || (score == otherScore && key > otherKey);
    }
}

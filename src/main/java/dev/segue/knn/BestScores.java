package dev.segue.knn;

/**
 * Keeps the highest of many scores, each with a 64-bit key, up to a maximum number of them. Ties go to the smaller key. Implemented as a
 * binary heap whose root is the worst score.
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

    /** Removes all scores and sets the maximum number of them. */
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

    /** Whether {@link #add} would keep a score. */
    boolean accepts(double score, long key) {
        return size < capacity || worse(scores[0], keys[0], score, key);
    }

    /** Adds a score if it is among the best, and removes the worst one if there are too many. */
    void add(double score, long key) {
        if (size < capacity) {
            int place = size++;
            while (place > 0 && worse(score, key, scores[(place - 1) / 2], keys[(place - 1) / 2])) {
                move((place - 1) / 2, place);
                place = (place - 1) / 2;
            }
            put(place, score, key);
        } else if (accepts(score, key)) {
            sink(score, key, size);
        }
    }

    /** Replaces the root of a heap of {@code heapSize} scores and restores the heap order. */
    private void sink(double score, long key, int heapSize) {
        int place = 0;
        while (true) {
            int child = 2 * place + 1;
            if (child >= heapSize) {
                break;
            }
            if (child + 1 < heapSize && worse(scores[child + 1], keys[child + 1], scores[child], keys[child])) {
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

    /** Sorts the scores, best first. Call {@link #reset} before the next {@link #add}. */
    void sort() {
        for (int heapSize = size - 1; heapSize > 0; heapSize--) {
            double score = scores[heapSize];
            long key = keys[heapSize];
            move(0, heapSize);
            sink(score, key, heapSize);
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

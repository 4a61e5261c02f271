package dev.segue.knn;

import java.util.Arrays;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Computes a prediction, and owns its working memory. For one thread at a time, which must hold the index's read lock. */
final class Neighbourhood {

    private static final double MILLIS_PER_DAY = 24 * 60 * 60 * 1000.0;

    private final SessionIndex index;
    private final KnnSettings settings;
    private final double[] forward;
    private final double[] backward;
    private final double[] lengthFactors;

    // Of each distinct item of the current session that is in the index, latest first.
    private final int[] queryRows;
    private final int[] queryBack;
    private final double[] queryWeights;
    private final SlotList[] lists;
    /** The number of unread entries of a list; the last of them is the list's head. */
    private final int[] remaining;
    /** The slot at each list's head, or -1 for an exhausted list; and the session's end. Cached for the comparisons. */
    private final int[] headSlots;

    private final long[] headEnds;

    private int queryCount;

    // The best neighbours so far, by their number as candidates.
    private final BestScores neighbours = new BestScores();
    private final int[] candidateSlots;
    private final int[] candidateMatches;

    /** By row, the item's score; 0 for none. */
    private double[] scores = {};

    private boolean[] scored = {};
    private int[] scoredRows = {};
    private int scoredCount;
    private final BestScores best = new BestScores();

    Neighbourhood(SessionIndex index, KnnSettings settings) {
        this.index = index;
        this.settings = settings;
        int maxLength = index.limits().itemsPerSession();
        forward = decays(maxLength, settings.forwardDecay(), 1);
        backward = decays(maxLength, settings.backwardDecay(), settings.backward());
        lengthFactors = new double[maxLength + 1];
        Arrays.setAll(lengthFactors, length -> Math.pow(Math.max(1, length), -settings.lengthExponent()));
        queryRows = new int[settings.history()];
        queryBack = new int[settings.history()];
        queryWeights = new double[settings.history()];
        lists = new SlotList[settings.history()];
        remaining = new int[settings.history()];
        headSlots = new int[settings.history()];
        headEnds = new long[settings.history()];
        candidateSlots = new int[settings.recent()];
        candidateMatches = new int[settings.recent()];
    }

    private static double[] decays(int length, double rate, double start) {
        double[] decays = new double[length + 1];
        Arrays.setAll(decays, step -> start * Math.exp(-rate * Math.max(0, step - 1)));
        return decays;
    }

    ScoredItems predict(KnnQuery session, int count, @Nullable LongPredicate allowed) {
        best.reset(count);
        findQueries(session);
        if (queryCount > 0) {
            findNeighbours();
            scoreItems();
            weightSeenItems(session);
            chooseBest(allowed);
        }
        best.sort();
        return new ScoredItems(best);
    }

    private void findQueries(KnnQuery session) {
        ItemTable items = index.table();
        double logPlays = Math.log((double) index.plays());
        queryCount = 0;
        for (int back = 0; back < Math.min(session.size(), settings.history()); back++) {
            int row = items.row(session.item(back));
            double shareWeight = shareWeight(session.share(back));
            if (row < 0 || shareWeight == 0 || isQuery(row)) {
                continue;
            }
            queryRows[queryCount] = row;
            queryBack[queryCount] = back;
            queryWeights[queryCount] = shareWeight
                    * Math.exp(-settings.positionDecay() * back)
                    * (1 + settings.queryIdf() * (logPlays - items.logCount(row)));
            lists[queryCount] = items.sessions(row);
            remaining[queryCount] = lists[queryCount].size();
            readHead(queryCount);
            queryCount++;
        }
    }

    private boolean isQuery(int row) {
        for (int i = 0; i < queryCount; i++) {
            if (queryRows[i] == row) {
                return true;
            }
        }
        return false;
    }

    /** The weight of a played share: 1 for a share of 1, 0 for the neutral share, negative below it. */
    private double shareWeight(float share) {
        double neutral = settings.neutralShare();
        return (share - neutral) / (1 - neutral);
    }

    /** Merges the items' lists of sessions, newest first. */
    private void findNeighbours() {
        neighbours.reset(settings.neighbours());
        for (int candidate = 0; candidate < settings.recent(); candidate++) {
            int slot = newestHead();
            if (slot < 0) {
                return;
            }
            double similarity = 0;
            int match = -1;
            for (int i = 0; i < queryCount; i++) {
                if (headSlots[i] == slot) {
                    remaining[i]--;
                    similarity += queryWeights[i] * shareWeight(lists[i].share(remaining[i]));
                    match = match < 0 ? i : match;
                    readHead(i);
                }
            }
            similarity *= lengthFactors[index.rows(slot).length];
            if (settings.recencyDecay() > 0) {
                double days = (index.newestEnd() - index.end(slot)) / MILLIS_PER_DAY;
                similarity *= Math.exp(-settings.recencyDecay() * days);
            }
            if (similarity > 0 && neighbours.accepts(similarity, candidate)) {
                candidateSlots[candidate] = slot;
                candidateMatches[candidate] = match;
                neighbours.add(similarity, candidate);
            }
        }
    }

    private void readHead(int list) {
        headSlots[list] = remaining[list] == 0 ? -1 : lists[list].slot(remaining[list] - 1);
        headEnds[list] = remaining[list] == 0 ? Long.MIN_VALUE : index.end(headSlots[list]);
    }

    /** The newest of all heads; -1 if all lists are exhausted. */
    private int newestHead() {
        int newest = 0;
        for (int i = 1; i < queryCount; i++) {
            if (headEnds[i] > headEnds[newest]
                    || (headEnds[i] == headEnds[newest] && isNewer(headSlots[i], headSlots[newest]))) {
                newest = i;
            }
        }
        return headSlots[newest];
    }

    private boolean isNewer(int slot, int other) {
        return slot >= 0 && (other < 0 || index.isNewer(slot, other));
    }

    private void scoreItems() {
        int rows = index.table().rowBound();
        if (scores.length < rows) {
            scores = new double[rows + rows / 2];
            scored = new boolean[scores.length];
            scoredRows = new int[scores.length];
        }
        scoredCount = 0;
        for (int i = 0; i < neighbours.size(); i++) {
            int candidate = (int) neighbours.key(i);
            int match = candidateMatches[candidate];
            double weight = neighbours.score(i) * Math.exp(-settings.matchDecay() * queryBack[match]);
            scoreItemsOf(candidateSlots[candidate], queryRows[match], weight);
        }
    }

    private void scoreItemsOf(int slot, int matchRow, double weight) {
        int[] rows = index.rows(slot);
        float[] shares = index.shares(slot);
        int place = 0;
        while (rows[place] != matchRow) {
            place++;
        }
        for (int i = 0; i < rows.length; i++) {
            double step = i < place ? backward[place - i] : forward[i - place];
            int row = rows[i];
            scores[row] += weight * step * (shares.length == 0 ? 1 : shareWeight(shares[i]));
            if (!scored[row]) {
                scored[row] = true;
                scoredRows[scoredCount++] = row;
            }
        }
    }

    private void weightSeenItems(KnnQuery session) {
        if (settings.seen() == 1) {
            return;
        }
        for (int back = 0; back < session.size(); back++) {
            int row = index.table().row(session.item(back));
            if (row >= 0 && scored[row] && !occursLater(session, back)) {
                scores[row] *= settings.seen();
            }
        }
    }

    /** Whether the item at {@code back} occurs again later in the session. */
    private static boolean occursLater(KnnQuery session, int back) {
        for (int later = 0; later < back; later++) {
            if (session.item(later) == session.item(back)) {
                return true;
            }
        }
        return false;
    }

    private void chooseBest(@Nullable LongPredicate allowed) {
        ItemTable items = index.table();
        double logPlays = Math.log((double) index.plays());
        for (int i = 0; i < scoredCount; i++) {
            int row = scoredRows[i];
            double score = scores[row] * (1 + settings.itemIdf() * (logPlays - items.logCount(row)));
            scores[row] = 0;
            scored[row] = false;
            long item = items.item(row);
            if (score > 0 && best.accepts(score, item) && (allowed == null || allowed.test(item))) {
                best.add(score, item);
            }
        }
    }
}

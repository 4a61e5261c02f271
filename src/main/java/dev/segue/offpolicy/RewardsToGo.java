package dev.segue.offpolicy;

import dev.segue.offpolicy.SessionEstimates.Continuations;
import java.util.List;

/** The mean sum of rewards after a decision of a session, up to a horizon, over the sessions of the other folds' units. */
final class RewardsToGo implements Continuations {

    private final Folds folds;
    private final double[][] means;

    RewardsToGo(List<LoggedSession> sessions, Folds folds, int horizon) {
        this.folds = folds;
        var sums = new double[Folds.COUNT][horizon];
        var counts = new long[Folds.COUNT][horizon];
        for (LoggedSession session : sessions) {
            int fold = folds.of(session.unit());
            double after = 0;
            for (int step = Math.min(horizon, session.requests()) - 1; step >= 0; step--) {
                sums[fold][step] += after;
                counts[fold][step]++;
                after += session.hasReward(step) ? session.reward(step) : 0;
            }
        }
        means = new double[Folds.COUNT][horizon];
        for (int fold = 0; fold < Folds.COUNT; fold++) {
            for (int step = 0; step < horizon; step++) {
                double sum = 0;
                long count = 0;
                for (int other = 0; other < Folds.COUNT; other++) {
                    sum += other == fold ? 0 : sums[other][step];
                    count += other == fold ? 0 : counts[other][step];
                }
                means[fold][step] = count == 0 ? 0 : sum / count;
            }
        }
    }

    @Override
    public double after(int unit, int step) {
        return means[folds.of(unit)][step];
    }
}

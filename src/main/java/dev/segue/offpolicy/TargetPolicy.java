package dev.segue.offpolicy;

import dev.segue.history.HistoryLimits;
import dev.segue.recommend.Recommender;
import dev.segue.recommend.TrackDistribution;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a recommender by a log. Replays the log's sessions, and computes for each request the probability with which the recommender
 * would have chosen the logged track, given the history at that time.
 */
public final class TargetPolicy {

    private final Recommender recommender;
    private final HistoryLimits limits;

    /** @param limits the limits of the server's listening history */
    public TargetPolicy(Recommender recommender, HistoryLimits limits) {
        this.recommender = recommender;
        this.limits = limits;
    }

    /** The estimates for a policy.
     *
     * @param hasClosedForm whether the policy's probabilities have a closed form; without it there are no estimates
     * @param decisions number of decisions for the estimates of the next playback
     * @param next estimates of the mean played share of the next track; empty if there are no decisions
     * @param sessions number of sessions for the estimates of sessions
     * @param incomplete number of ignored sessions with a missing reward or propensity up to the horizon
     * @param session estimates of the sum of played shares of a session's first recommended tracks; empty if there are no sessions
     */
    public record Result(
            boolean hasClosedForm,
            int decisions,
            List<Estimate> next,
            int sessions,
            int incomplete,
            List<Estimate> session) {

        public Result {
            next = List.copyOf(next);
            session = List.copyOf(session);
        }
    }

    /** Evaluates the policy. Uses the recommendations with a known reward and a valid propensity; if the log has no valid propensities, all
     * recommendations with a known reward.
     *
     * @param progress receives the number of sessions so far, after each session
     */
    public Result evaluate(SessionLog log, EstimateOptions options, LongConsumer progress) {
        var folds = new Folds(log.units(), options.seed());
        RewardModel model = RewardModel.fit(sink -> forEachReward(log.sessions(), sink), folds);
        boolean weighted = log.counts().hasPropensities();
        List<Decision> decisions = new ArrayList<>();
        List<Trajectory> trajectories = new ArrayList<>();
        int incomplete = 0;
        long done = 0;
        var requests = new RequestReplay(limits);
        for (LoggedSession session : log.sessions()) {
            done++;
            List<@Nullable Decision> steps = replay(session, requests, model, weighted);
            if (steps == null) {
                return new Result(false, 0, List.of(), 0, 0, List.of());
            }
            steps.forEach(step -> {
                if (step != null) {
                    decisions.add(step);
                }
            });
            List<Decision> first = firstDecisions(session, steps, options.horizon());
            if (first == null) {
                incomplete++;
            } else {
                trajectories.add(new Trajectory(session.unit(), first));
            }
            progress.accept(done);
        }
        List<Estimate> next = decisions.isEmpty() ? List.of() : DecisionEstimates.of(decisions, log.units(), options);
        List<Estimate> sums = trajectories.isEmpty() || !weighted
                ? List.of()
                : SessionEstimates.of(
                        trajectories, log.units(), new RewardsToGo(log.sessions(), folds, options.horizon()), options);
        return new Result(true, decisions.size(), next, trajectories.size(), incomplete, sums);
    }

    private static void forEachReward(List<LoggedSession> sessions, RewardModel.Sink sink) {
        for (LoggedSession session : sessions) {
            for (int i = 0; i < session.requests(); i++) {
                if (session.hasReward(i)) {
                    sink.accept(session.unit(), i, session.recommended(i), session.reward(i));
                }
            }
        }
    }

    /** The decisions of a session, with null for unusable ones; null if the policy has no closed form. */
    private @Nullable List<@Nullable Decision> replay(
            LoggedSession session, RequestReplay requests, RewardModel model, boolean weighted) {
        List<@Nullable Decision> steps =
                new ArrayList<>(Collections.nCopies(session.requests(), (@Nullable Decision) null));
        boolean hasClosedForm = requests.forEach(session, i -> isUsable(session, i, weighted), (i, request) -> {
            TrackDistribution distribution = recommender.distribution(request);
            double target = distribution.probability(session.recommended(i));
            if (Double.isNaN(target)) {
                return false;
            }
            var expected = model.expected(session.unit(), i);
            steps.set(
                    i,
                    new Decision(
                            session.unit(),
                            weighted ? session.propensity(i) : Double.NaN,
                            target,
                            session.reward(i),
                            expected.applyAsDouble(session.recommended(i)),
                            distribution.mean(expected)));
            return true;
        });
        return hasClosedForm ? steps : null;
    }

    private static boolean isUsable(LoggedSession session, int request, boolean weighted) {
        return session.hasReward(request) && (!weighted || Decision.isPropensity(session.propensity(request)));
    }

    /** The decisions up to the horizon or the end of the session; null if one is unusable or the session was cut off earlier. */
    private static @Nullable List<Decision> firstDecisions(
            LoggedSession session, List<@Nullable Decision> steps, int horizon) {
        if (steps.size() < horizon && !session.closed()) {
            return null;
        }
        List<Decision> first = new ArrayList<>(horizon);
        for (int i = 0; i < Math.min(horizon, steps.size()); i++) {
            Decision step = steps.get(i);
            if (step == null) {
                return null;
            }
            first.add(step);
        }
        return first;
    }
}

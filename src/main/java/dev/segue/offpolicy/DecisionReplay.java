package dev.segue.offpolicy;

import dev.segue.history.HistoryLimits;
import dev.segue.recommend.BestRecommender;
import dev.segue.recommend.Recommender;
import dev.segue.recommend.TrackDistribution;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Replays the recommendations that one recommender of a log made, and computes the probabilities with which other recommenders would have
 * made them. Uses the recommendations with a known reward and a valid propensity.
 */
public final class DecisionReplay {

    /** The support of a policy is computed at 1 in {@value} decisions, since it takes time proportional to the policy's tracks. */
    private static final int SUPPORT_STEP = 16;

    private final SessionLog log;
    private final HistoryLimits limits;

    /** Prepares a replay.
     *
     * @param limits the limits of the server's listening history
     */
    public DecisionReplay(SessionLog log, HistoryLimits limits) {
        this.log = log;
        this.limits = limits;
    }

    /** The number of usable recommendations of each recommender of the log. */
    public Map<String, Long> decisions() {
        Map<String, Long> counts = new TreeMap<>();
        for (LoggedSession session : log.sessions()) {
            for (int i = 0; i < session.requests(); i++) {
                String recommender = session.recommender(i);
                if (!recommender.isEmpty() && isUsable(session, i)) {
                    counts.merge(recommender, 1L, Long::sum);
                }
            }
        }
        return counts;
    }

    private static boolean isUsable(LoggedSession session, int request) {
        return session.hasReward(request) && Decision.isPropensity(session.propensity(request));
    }

    private static boolean isBy(String recommender, LoggedSession session, int request) {
        return recommender.equals(session.recommender(request)) && isUsable(session, request);
    }

    /** The recommendations of one recommender of the log, in the newest sessions.
     *
     * @param recommender the recommender's name
     * @param minDecisions minimum number of recommendations; all are used if there are fewer
     */
    public Part of(String recommender, long minDecisions) {
        Deque<LoggedSession> sessions = new ArrayDeque<>();
        List<LoggedSession> all = log.sessions();
        var tracks = new LoggedTracks();
        all.forEach(session -> {
            for (int i = 0; i < session.requests(); i++) {
                if (isBy(recommender, session, i)) {
                    tracks.add(session.recommended(i));
                }
            }
        });
        long decisions = 0;
        for (int s = all.size() - 1; s >= 0 && decisions < minDecisions; s--) {
            LoggedSession session = all.get(s);
            long before = decisions;
            for (int i = 0; i < session.requests(); i++) {
                decisions += isBy(recommender, session, i) ? 1 : 0;
            }
            if (decisions > before) {
                sessions.addFirst(session);
            }
        }
        return new Part(recommender, List.copyOf(sessions), decisions, tracks, limits);
    }

    /** The recommendations of one recommender, and their sessions. */
    public static final class Part {

        private final String recommender;
        private final List<LoggedSession> sessions;
        private final long decisions;
        private final LoggedTracks tracks;
        private final HistoryLimits limits;
        private final Map<Long, Integer> units = new HashMap<>();

        /** @param tracks the recommender's tracks in the whole log */
        private Part(
                String recommender,
                List<LoggedSession> sessions,
                long decisions,
                LoggedTracks tracks,
                HistoryLimits limits) {
            this.recommender = recommender;
            this.sessions = sessions;
            this.decisions = decisions;
            this.tracks = tracks;
            this.limits = limits;
            sessions.forEach(session -> units.putIfAbsent(session.listener(), units.size()));
        }

        /** The name of the recommender. */
        public String recommender() {
            return recommender;
        }

        /** The number of recommendations. */
        public long decisions() {
            return decisions;
        }

        /** The number of sessions. */
        public int sessions() {
            return sessions.size();
        }

        /** The number of listeners. */
        public int listeners() {
            return units.size();
        }

        /** The weights of policies that draw from different numbers of a recommender's best tracks.
         *
         * @param target the recommender; without a closed form, all weights are 0
         * @param choices for each policy, the number of best tracks; ignored unless the recommender is a {@link BestRecommender}
         * @param progress receives the number of decisions since the last call
         * @return one result for each policy, all with the same listeners
         */
        public List<WeightedRewards> weights(Recommender target, List<Integer> choices, LongConsumer progress) {
            List<WeightedRewards> sums = choices.stream()
                    .map(choice -> new WeightedRewards(units.size(), tracks.unseen()))
                    .toList();
            var requests = new RequestReplay(limits);
            long[] decisionCount = {0};
            for (LoggedSession session : sessions) {
                int unit = units.getOrDefault(session.listener(), 0);
                requests.forEach(session, i -> isBy(recommender, session, i), (i, request) -> {
                    TrackDistribution distribution = target.distribution(request);
                    boolean checksSupport = decisionCount[0]++ % SUPPORT_STEP == 0;
                    for (int choice = 0; choice < choices.size(); choice++) {
                        TrackDistribution policy = distribution instanceof BestRecommender.Best best
                                ? best.first(choices.get(choice))
                                : distribution;
                        double probability = policy.probability(session.recommended(i));
                        double weight = Double.isNaN(probability) ? 0 : probability / session.propensity(i);
                        sums.get(choice).add(unit, weight, session.reward(i));
                        if (checksSupport && !Double.isNaN(probability)) {
                            sums.get(choice).addSupport(policy.mean(track -> tracks.contains(track) ? 1 : 0));
                        }
                    }
                    progress.accept(1);
                    return true;
                });
            }
            return sums;
        }
    }
}

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
 * Asks recommenders about the recommendations that one recommender of a log made: with which probability they would have made them. Takes
 * part what has a reward and a propensity above 0 and at most 1.
 */
public final class DecisionReplay {

    /** At one in so many decisions it is looked at how much of a policy's choices was ever logged: that takes all its tracks. */
    private static final int SUPPORT_STEP = 16;

    private final SessionLog log;
    private final HistoryLimits limits;

    /**
     * A replay of a log.
     *
     * @param limits how much of a session the server remembers
     */
    public DecisionReplay(SessionLog log, HistoryLimits limits) {
        this.log = log;
        this.limits = limits;
    }

    /** How many recommendations take part of each recommender that made any. */
    public Map<String, Long> decisions() {
        Map<String, Long> counts = new TreeMap<>();
        for (LoggedSession session : log.sessions()) {
            for (int i = 0; i < session.decisions(); i++) {
                String recommender = session.recommender(i);
                if (!recommender.isEmpty() && takesPart(session, i)) {
                    counts.merge(recommender, 1L, Long::sum);
                }
            }
        }
        return counts;
    }

    private static boolean takesPart(LoggedSession session, int request) {
        return session.hasReward(request) && Decision.isPropensity(session.propensity(request));
    }

    private static boolean isBy(String recommender, LoggedSession session, int request) {
        return recommender.equals(session.recommender(request)) && takesPart(session, request);
    }

    /**
     * The recommendations of one recommender of the log.
     *
     * @param recommender its name
     * @param most how many at least, of the newest sessions; all if there are fewer
     */
    public Part of(String recommender, long most) {
        Deque<LoggedSession> sessions = new ArrayDeque<>();
        List<LoggedSession> all = log.sessions();
        var tracks = new LoggedTracks();
        all.forEach(session -> {
            for (int i = 0; i < session.decisions(); i++) {
                if (isBy(recommender, session, i)) {
                    tracks.add(session.recommended(i));
                }
            }
        });
        long decisions = 0;
        for (int s = all.size() - 1; s >= 0 && decisions < most; s--) {
            LoggedSession session = all.get(s);
            long before = decisions;
            for (int i = 0; i < session.decisions(); i++) {
                decisions += isBy(recommender, session, i) ? 1 : 0;
            }
            if (decisions > before) {
                sessions.addFirst(session);
            }
        }
        return new Part(recommender, List.copyOf(sessions), decisions, tracks, limits);
    }

    /** Recommendations of one recommender, in the sessions that have any. */
    public static final class Part {

        private final String recommender;
        private final List<LoggedSession> sessions;
        private final long decisions;
        private final LoggedTracks tracks;
        private final HistoryLimits limits;
        private final Map<Long, Integer> units = new HashMap<>();

        /** @param tracks those that the recommender has in the whole log */
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

        /** The name of the recommender that made them. */
        public String recommender() {
            return recommender;
        }

        /** How many there are. */
        public long decisions() {
            return decisions;
        }

        /** In how many sessions. */
        public int sessions() {
            return sessions.size();
        }

        /** Of how many listeners. */
        public int listeners() {
            return units.size();
        }

        /**
         * The weights of policies: of a recommender, and of the same one if it drew from fewer of its best tracks.
         *
         * @param target the recommender; one without a closed form has the weight 0 everywhere
         * @param choices from how many of its best tracks each policy draws, if the recommender is a {@link BestRecommender}
         * @param progress is given how many decisions were asked about since the last call
         * @return one for each of the choices, all with the same listeners
         */
        public List<WeightedRewards> weights(Recommender target, List<Integer> choices, LongConsumer progress) {
            List<WeightedRewards> sums = choices.stream()
                    .map(choice -> new WeightedRewards(units.size(), tracks.unseen()))
                    .toList();
            var requests = new RequestReplay(limits);
            long[] asked = {0};
            for (LoggedSession session : sessions) {
                int unit = units.getOrDefault(session.listener(), 0);
                requests.forEach(session, i -> isBy(recommender, session, i), (i, request) -> {
                    TrackDistribution distribution = target.distribution(request);
                    boolean looksAtSupport = asked[0]++ % SUPPORT_STEP == 0;
                    for (int choice = 0; choice < choices.size(); choice++) {
                        TrackDistribution policy = distribution instanceof BestRecommender.Best best
                                ? best.first(choices.get(choice))
                                : distribution;
                        double probability = policy.of(session.recommended(i));
                        double weight = Double.isNaN(probability) ? 0 : probability / session.propensity(i);
                        sums.get(choice).add(unit, weight, session.reward(i));
                        if (looksAtSupport && !Double.isNaN(probability)) {
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

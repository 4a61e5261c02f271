package dev.segue.health;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Repeated plays and recommendations of tracks within sessions.
 *
 * @param all counts of all sessions and recommendations
 * @param byRecommender name → counts of the recommendations of a recommender and of the sessions that have any of them
 */
public record Repeats(Counts all, Map<String, Counts> byRecommender) {

    public Repeats {
        byRecommender = Collections.unmodifiableMap(new TreeMap<>(byRecommender));
    }

    /**
     * Counts of repeats.
     *
     * @param sessions number of sessions with a play
     * @param repeatingSessions number of these sessions in which a track is played twice or more
     * @param recommendations number of recommended tracks
     * @param repeatedRecommendations number of recommended tracks that were played earlier in the session
     */
    public record Counts(long sessions, long repeatingSessions, long recommendations, long repeatedRecommendations) {

        static final Counts NONE = new Counts(0, 0, 0, 0);

        /** The share of sessions in which a track is played twice or more, 0 to 1; NaN without sessions. */
        public double sessionShare() {
            return (double) repeatingSessions / sessions;
        }

        /** The share of recommendations of tracks that were played earlier in the session, 0 to 1; NaN without recommendations. */
        public double recommendationShare() {
            return (double) repeatedRecommendations / recommendations;
        }

        private Counts plusSession(boolean repeating) {
            return new Counts(
                    sessions + 1, repeatingSessions + (repeating ? 1 : 0), recommendations, repeatedRecommendations);
        }

        private Counts plusRecommendation(boolean repeated) {
            return new Counts(
                    sessions, repeatingSessions, recommendations + 1, repeatedRecommendations + (repeated ? 1 : 0));
        }
    }

    /** Counts session by session. */
    static final class Tally {

        private Counts all = Counts.NONE;
        private final Map<String, Counts> byRecommender = new TreeMap<>();

        void add(List<Step> session) {
            Set<Integer> played = new HashSet<>();
            Set<String> recommenders = new HashSet<>();
            boolean repeating = false;
            for (Step step : session) {
                if (step.hasPlay() && !played.add(step.played())) {
                    repeating = true;
                }
                if (step.hasRecommendation()) {
                    boolean repeated = played.contains(step.recommended());
                    all = all.plusRecommendation(repeated);
                    if (step.hasRecommender()) {
                        recommenders.add(step.recommender());
                        byRecommender.put(
                                step.recommender(), of(step.recommender()).plusRecommendation(repeated));
                    }
                }
            }
            if (!played.isEmpty()) {
                all = all.plusSession(repeating);
                for (String recommender : recommenders) {
                    byRecommender.put(recommender, of(recommender).plusSession(repeating));
                }
            }
        }

        private Counts of(String recommender) {
            return byRecommender.getOrDefault(recommender, Counts.NONE);
        }

        Repeats repeats() {
            return new Repeats(all, byRecommender);
        }
    }
}

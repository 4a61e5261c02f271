package dev.segue.health;

import dev.segue.catalog.Tracks;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The catalog's tracks in a log, and the log's plays of tracks that are not in the catalog.
 *
 * @param tracks number of tracks in the catalog
 * @param recommended number of these tracks that were recommended
 * @param played number of these tracks that were played
 * @param recommendedBy name of a recommender in the log → number of these tracks that it recommended
 * @param plays number of plays in the log
 * @param unknownPlays number of plays of tracks that are not in the catalog
 * @param unknownTrack the first such track; empty if there is none
 */
public record Coverage(
        long tracks,
        long recommended,
        long played,
        Map<String, Long> recommendedBy,
        long plays,
        long unknownPlays,
        OptionalInt unknownTrack) {

    public Coverage {
        recommendedBy = Collections.unmodifiableMap(new TreeMap<>(recommendedBy));
    }

    /** The share of plays of tracks that are not in the catalog, 0 to 1; NaN without plays. */
    public double unknownShare() {
        return (double) unknownPlays / plays;
    }

    /** Counts session by session. */
    static final class Tally {

        private final Tracks tracks;
        private final BitSet recommended = new BitSet();
        private final BitSet played = new BitSet();
        private final Map<String, BitSet> recommendedBy = new TreeMap<>();
        private long plays;
        private long unknownPlays;
        private OptionalInt unknownTrack = OptionalInt.empty();

        Tally(Tracks tracks) {
            this.tracks = tracks;
        }

        void add(List<Step> session) {
            for (Step step : session) {
                if (step.hasPlay()) {
                    addPlay(step.played());
                }
                int row = step.hasRecommendation() ? tracks.row(step.recommended()) : -1;
                if (row >= 0) {
                    recommended.set(row);
                    if (step.hasRecommender()) {
                        recommendedBy
                                .computeIfAbsent(step.recommender(), name -> new BitSet())
                                .set(row);
                    }
                }
            }
        }

        private void addPlay(int track) {
            plays++;
            int row = tracks.row(track);
            if (row >= 0) {
                played.set(row);
                return;
            }
            unknownPlays++;
            if (unknownTrack.isEmpty()) {
                unknownTrack = OptionalInt.of(track);
            }
        }

        Coverage coverage() {
            Map<String, Long> byRecommender = new TreeMap<>();
            recommendedBy.forEach((name, rows) -> byRecommender.put(name, (long) rows.cardinality()));
            return new Coverage(
                    tracks.size(),
                    recommended.cardinality(),
                    played.cardinality(),
                    byRecommender,
                    plays,
                    unknownPlays,
                    unknownTrack);
        }
    }
}

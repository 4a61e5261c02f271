package dev.segue.health;

import dev.segue.catalog.Tracks;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How many of the catalog's tracks a log has, and how many of the log's plays the catalog knows.
 *
 * @param tracks how many tracks the catalog has
 * @param recommended how many of them were recommended
 * @param played how many of them were played
 * @param recommendedBy how many of them each recommender of the log recommended, by its name
 * @param plays how many plays the log has
 * @param unknownPlays how many of them are of a track that the catalog does not have
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

    /** The share of plays that are of a track that the catalog does not have, 0 to 1; NaN without plays. */
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
                if (step.hasPlayed()) {
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

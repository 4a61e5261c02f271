package dev.segue.health;

import dev.segue.catalog.IdLists;
import dev.segue.catalog.Tracks;
import java.util.List;

/**
 * How often a neighbour catalog has no neighbours for a request, so that a fallback recommends.
 *
 * @param catalog the file that has them
 * @param tracks how many tracks there are
 * @param tracksWithout how many of them have no neighbours
 * @param requests how many of the log's requests for a next track came after a play
 * @param previousWithout in how many of them the track that was just played has no neighbours
 * @param firstWithout in how many of them the first track of the session has no neighbours
 */
public record NeighbourGaps(
        String catalog, long tracks, long tracksWithout, long requests, long previousWithout, long firstWithout) {

    /** The share of tracks without neighbours, 0 to 1; NaN without tracks. */
    public double trackShare() {
        return (double) tracksWithout / tracks;
    }

    /** The share of requests whose previous track has no neighbours, 0 to 1; NaN without requests. */
    public double previousShare() {
        return (double) previousWithout / requests;
    }

    /** The share of requests whose session began with a track without neighbours, 0 to 1; NaN without requests. */
    public double firstShare() {
        return (double) firstWithout / requests;
    }

    /** Counts session by session. */
    static final class Tally {

        private final String catalog;
        private final Tracks tracks;
        private final IdLists neighbours;
        private long requests;
        private long previousWithout;
        private long firstWithout;

        Tally(String catalog, Tracks tracks, IdLists neighbours) {
            this.catalog = catalog;
            this.tracks = tracks;
            this.neighbours = neighbours;
        }

        void add(List<Step> session) {
            int first = Step.NONE;
            for (Step step : session) {
                if (!step.hasPlayed()) {
                    continue;
                }
                first = first == Step.NONE ? step.played() : first;
                if (step.hasRecommendation()) {
                    requests++;
                    previousWithout += hasNeighbours(step.played()) ? 0 : 1;
                    firstWithout += hasNeighbours(first) ? 0 : 1;
                }
            }
        }

        private boolean hasNeighbours(int track) {
            int row = neighbours.row(track);
            return row >= 0 && row < neighbours.rows() && neighbours.size(row) > 0;
        }

        NeighbourGaps gaps() {
            long without = 0;
            for (int row = 0; row < tracks.size(); row++) {
                without += hasNeighbours(tracks.idAt(row)) ? 0 : 1;
            }
            return new NeighbourGaps(catalog, tracks.size(), without, requests, previousWithout, firstWithout);
        }
    }
}

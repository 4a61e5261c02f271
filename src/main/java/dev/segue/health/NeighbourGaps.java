package dev.segue.health;

import dev.segue.catalog.IdLists;
import dev.segue.catalog.Tracks;
import java.util.List;

/**
 * Requests for which a neighbour catalog has no neighbours, so that a fallback recommends.
 *
 * @param catalog the name of the file with the neighbours
 * @param tracks number of tracks
 * @param tracksWithout number of tracks without neighbours
 * @param requests number of requests for a next track after a play
 * @param previousWithout number of these requests whose previous track has no neighbours
 * @param firstWithout number of these requests in whose session the first track has no neighbours
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

    /** The share of requests in whose session the first track has no neighbours, 0 to 1; NaN without requests. */
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
                if (!step.hasPlay()) {
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

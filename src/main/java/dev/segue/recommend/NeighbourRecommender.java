package dev.segue.recommend;

import dev.segue.catalog.IdLists;
import dev.segue.play.Playback;
import java.util.Arrays;

/**
 * Ranks the neighbours of a track by the catalog's scores, or in the catalog's order (score −rank) if the catalog has no scores. Makes no
 * recommendation for a track without neighbours.
 */
public final class NeighbourRecommender extends ScoringRecommender {

    private final IdLists neighbours;
    private final boolean ofFirstTrack;

    /** Recommends by a catalog's order.
     *
     * @param ofFirstTrack true for the neighbours of the session's first track; false for those of the request's anchor (the previous
     *     track, unless a session rule chose another)
     */
    public NeighbourRecommender(String name, IdLists neighbours, boolean ofFirstTrack, Exploration exploration) {
        super(name, exploration);
        this.neighbours = neighbours;
        this.ofFirstTrack = ofFirstTrack;
    }

    @Override
    String scoreName() {
        return neighbours.hasScores() ? "score in the catalog" : "rank in the catalog, as a negative number";
    }

    @Override
    String candidateName() {
        return ofFirstTrack ? "the neighbours of the session's first track" : "the neighbours of the last track";
    }

    @Override
    ScoredTracks best(NextTrackRequest request, int count) {
        int row = row(request);
        int size = row < 0 || row >= neighbours.rows() ? 0 : neighbours.size(row);
        Exclusions exclusions = request.exclusions();
        int[] tracks = new int[size];
        double[] scores = new double[size];
        int kept = 0;
        for (int i = 0; i < size; i++) {
            int track = neighbours.get(row, i);
            if (exclusions == null || !exclusions.contains(track)) {
                tracks[kept] = track;
                scores[kept++] = neighbours.hasScores() ? neighbours.score(row, i) : -i;
            }
        }
        return ScoredTracks.best(Arrays.copyOf(tracks, kept), Arrays.copyOf(scores, kept), count);
    }

    private int row(NextTrackRequest request) {
        if (ofFirstTrack) {
            return request.history().size() == 0
                    ? -1
                    : neighbours.row(request.history().firstTrack());
        }
        Playback anchor = request.anchor();
        return anchor == null ? -1 : neighbours.row(anchor.track());
    }
}

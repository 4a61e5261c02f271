package dev.segue.recommend;

import dev.segue.catalog.IdLists;
import dev.segue.play.Playback;
import java.util.Arrays;

/**
 * Ranks the neighbours of a track by the scores of their catalog, or by minus their rank where the catalog has no scores. Has no opinion
 * on a track without neighbours.
 */
public final class NeighbourRecommender extends ScoringRecommender {

    private final IdLists neighbours;
    private final boolean ofFirstTrack;

    /**
     * A recommender by a catalog's order.
     *
     * @param ofFirstTrack whether the neighbours are those of the session's first track, or else of the anchor: the previous track,
     *     unless a session rule chose another
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
    String scored() {
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

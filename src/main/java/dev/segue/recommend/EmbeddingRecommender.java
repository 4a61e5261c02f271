package dev.segue.recommend;

import dev.segue.catalog.IdLists;
import dev.segue.catalog.Tracks;
import dev.segue.embedding.Context;
import dev.segue.embedding.EmbeddingScorer;
import dev.segue.history.ListeningHistory;
import dev.segue.play.Playback;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Scores candidates by an embedding model. The candidates are the neighbours of the session's first track, the neighbours of the last
 * liked tracks, and the listener's own list. A score is the played share that the model predicts, times the model's artist discount for
 * each track of the same artist in the session, seeds of the request excepted. Makes no recommendation before the first track.
 */
public final class EmbeddingRecommender extends ScoringRecommender {

    /** The number of last liked tracks whose neighbours are candidates. */
    private static final int LIKED_TRACKS = 5;

    private final EmbeddingScorer scorer;
    private final IdLists neighbours;
    private final IdLists listenerLists;
    private final Tracks tracks;

    /** Recommends by an embedding model.
     *
     * @param neighbours each track's neighbours, nearest first
     * @param listenerLists each listener's list, by the listener's 64-bit key
     * @param tracks the catalog's tracks with their artists
     */
    public EmbeddingRecommender(
            String name,
            EmbeddingScorer scorer,
            IdLists neighbours,
            IdLists listenerLists,
            Tracks tracks,
            Exploration exploration) {
        super(name, exploration);
        this.scorer = scorer;
        this.neighbours = neighbours;
        this.listenerLists = listenerLists;
        this.tracks = tracks;
    }

    @Override
    String scoreName() {
        return "played share, as predicted by the model";
    }

    @Override
    String candidateName() {
        return "the neighbours of the session's first track and of the last liked tracks, and the listener's own list";
    }

    @Override
    ScoredTracks best(NextTrackRequest request, int count) {
        ListeningHistory history = request.history();
        if (history.size() == 0) {
            return ScoredTracks.NONE;
        }
        int[] candidates = candidates(request);
        int[] artists = new int[history.size() - history.seeds()];
        Arrays.setAll(artists, back -> tracks.artistRow(history.track(back)));
        float[] query = scorer.query(request.listener(), context(request));
        double[] scores = new double[candidates.length];
        Arrays.setAll(
                scores, i -> scorer.share(query, candidates[i]) * discount(tracks.artistRow(candidates[i]), artists));
        return ScoredTracks.best(candidates, scores, count);
    }

    /** The context track, chosen as in training. */
    private int context(NextTrackRequest request) {
        ListeningHistory history = request.history();
        return scorer.context() == Context.FIRST ? history.firstTrack() : history.track(0);
    }

    private double discount(int artist, int[] played) {
        double discount = 1;
        for (int other : played) {
            if (other == artist && artist >= 0) {
                discount *= scorer.artistDiscount();
            }
        }
        return discount;
    }

    /** The ids of the distinct candidates that the model was trained on and that are not excluded, ascending. */
    private int[] candidates(NextTrackRequest request) {
        ListeningHistory history = request.history();
        var candidates = new Candidates(request.exclusions());
        candidates.add(neighbours, neighbours.row(history.firstTrack()));
        int liked = 0;
        for (int back = 0; back < history.size() - 1 && liked < LIKED_TRACKS; back++) {
            if (history.time(back) >= Playback.LIKED) {
                candidates.add(neighbours, neighbours.row(history.track(back)));
                liked++;
            }
        }
        candidates.add(listenerLists, listenerLists.row(request.listener()));
        return candidates.distinct();
    }

    private final class Candidates {
        private final @Nullable Exclusions exclusions;
        private int[] found = new int[128];
        private int size;

        Candidates(@Nullable Exclusions exclusions) {
            this.exclusions = exclusions;
        }

        void add(IdLists lists, int row) {
            int length = row < 0 || row >= lists.rows() ? 0 : lists.size(row);
            if (size + length > found.length) {
                found = Arrays.copyOf(found, 2 * (size + length));
            }
            for (int i = 0; i < length; i++) {
                int track = lists.get(row, i);
                if (scorer.isTrained(track) && (exclusions == null || !exclusions.contains(track))) {
                    found[size++] = track;
                }
            }
        }

        int[] distinct() {
            Arrays.sort(found, 0, size);
            int kept = 0;
            for (int i = 0; i < size; i++) {
                if (kept == 0 || found[kept - 1] != found[i]) {
                    found[kept++] = found[i];
                }
            }
            return Arrays.copyOf(found, kept);
        }
    }
}

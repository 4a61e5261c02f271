package dev.segue.simulation;

import dev.segue.id.TrackIds;
import dev.segue.id.TrackRows;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import dev.segue.matrix.NearestTracks;
import dev.segue.random.KeyedRandom;
import dev.segue.world.Listener;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The behaviour of simulated listeners, after the reference simulator. A session is about one of the listener's interests
 * and starts with a track near to it; {@link ListeningSession} decides how much the listener plays of each recommended
 * track. Inside the model, a track is its row; {@link #trackOf} and {@link #rowOf} convert. Immutable, so sessions may run on any number
 * of threads.
 */
public final class ListenerModel {

    private final TrackRows tracks;
    private final FloatMatrix embeddings;
    private final int[] artists;
    private final BitSet released;
    private final SessionRules rules;
    private final Map<Integer, Integer> interestRows = new HashMap<>();
    private final IntMatrix interestNeighbours;

    /**
     * Creates a model, and finds the tracks nearest to each interest.
     *
     * @param embeddings tracks × dimensions
     * @param artists a number for each track, equal for tracks of the same artist
     * @param listeners the listeners who may begin sessions
     * @throws IllegalArgumentException if the sizes differ or an interest is not a track
     */
    public ListenerModel(FloatMatrix embeddings, int[] artists, Collection<Listener> listeners, SessionRules rules) {
        this(TrackRows.identity(artists.length), embeddings, artists, listeners, rules, row -> true);
    }

    /** A model with tracks that are not released yet: no session starts with one, and their playback time is 0. */
    ListenerModel(
            TrackRows tracks,
            FloatMatrix embeddings,
            int[] artists,
            Collection<Listener> listeners,
            SessionRules rules,
            IntPredicate released) {
        if (artists.length != embeddings.rows()) {
            throw new IllegalArgumentException(
                    artists.length + " tracks with artists, but " + embeddings.rows() + " with embeddings");
        }
        this.tracks = tracks;
        this.embeddings = embeddings;
        this.artists = artists.clone();
        this.released =
                IntStream.range(0, artists.length).filter(released).collect(BitSet::new, BitSet::set, BitSet::or);
        this.rules = rules;
        int[] interests = listeners.stream()
                .flatMap(listener -> listener.interests().stream())
                .mapToInt(Integer::intValue)
                .distinct()
                .toArray();
        for (int row = 0; row < interests.length; row++) {
            if (interests[row] < 0 || interests[row] >= artists.length) {
                throw new IllegalArgumentException(
                        "interest " + interests[row] + " is not a track id from 0 to " + (artists.length - 1));
            }
            interestRows.put(interests[row], row);
        }
        interestNeighbours = nearestReleased(interests, rules.interestNeighbours());
    }

    /**
     * Finds the released tracks with the largest inner products with each of some tracks.
     *
     * @param k tracks in a row; all released tracks if there are fewer
     * @return tracks × k, the largest product first
     */
    IntMatrix nearestReleased(int[] tracks, int k) {
        int[] candidates = released.stream().toArray();
        IntMatrix nearest = NearestTracks.nearest(
                embeddings.select(tracks), embeddings.select(candidates), Math.min(k, candidates.length));
        for (int row = 0; row < nearest.rows(); row++) {
            for (int column = 0; column < nearest.columns(); column++) {
                nearest.set(row, column, candidates[nearest.get(row, column)]);
            }
        }
        return nearest;
    }

    /** Whether a track is released. */
    boolean isReleased(int track) {
        return released.get(track);
    }

    /** The number of released tracks. */
    int releasedTracks() {
        return released.cardinality();
    }

    /**
     * Begins a session: draws its interest, and its first track uniformly from the tracks nearest to the interest. The first
     * track is played in full.
     *
     * @param listener one of the model's listeners
     * @param random source of all draws of the session; the caller keys it by listener and session
     * @throws IllegalArgumentException if the listener is not one of the model's
     */
    public ListeningSession begin(Listener listener, RandomGenerator random) {
        int interest =
                listener.interests().get(random.nextInt(listener.interests().size()));
        Integer row = interestRows.get(interest);
        if (row == null) {
            throw new IllegalArgumentException("user " + listener.user() + " is not one of the model's listeners");
        }
        int first = interestNeighbours.get(row, random.nextInt(interestNeighbours.columns()));
        return new ListeningSession(this, listener, interest, first, random);
    }

    /**
     * Begins a session whose draws depend on the seed, the listener and the number alone, so that it can be repeated.
     *
     * @param number the listener's session number
     */
    public ListeningSession begin(Listener listener, long seed, long number) {
        return begin(listener, new KeyedRandom(seed, listener.user(), number, 0));
    }

    /** The number of tracks, released or not; rows run from 0 to one less. */
    public int tracks() {
        return artists.length;
    }

    /** The track of a row. */
    public int trackOf(int row) {
        return tracks.track(row);
    }

    /**
     * The row of a recommended track.
     *
     * @param recommender source of the recommendation, for the message
     * @throws NextTrackException if the world does not have the track
     */
    public int rowOf(int track, String recommender) {
        int row = tracks.row(track);
        if (row < 0) {
            throw new NextTrackException(
                    NextTrackException.Kind.GARBAGE,
                    recommender + " recommends track " + TrackIds.text(track) + ", which is not one of the world's "
                            + tracks() + " tracks; serve catalogs of this world",
                    null);
        }
        return row;
    }

    /** All listeners' interests, without repeats, in ascending order. */
    int[] interests() {
        return interestRows.keySet().stream()
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    FloatMatrix embeddings() {
        return embeddings;
    }

    SessionRules rules() {
        return rules;
    }

    boolean sameArtist(int track, int other) {
        return artists[track] == artists[other];
    }

    /**
     * The share of a track that a listener plays before discounts: sigmoid((e_t·q − b)·s), 0 to 1, where e_t and q are the
     * embeddings of the track and the interest, and b and s are the listener's consume bias and sharpness.
     */
    double appeal(Listener listener, int interest, int track) {
        return appeal(listener, affinity(interest, track));
    }

    /** The appeal of a track with affinity e_t·q. */
    double appeal(Listener listener, double affinity) {
        return 1 / (1 + StrictMath.exp((listener.consumeBias() - affinity) * listener.consumeSharpness()));
    }

    /** The affinity of a track to an interest: e_t·q. */
    double affinity(int interest, int track) {
        double affinity = 0;
        for (int d = 0; d < embeddings.columns(); d++) {
            affinity += (double) embeddings.get(track, d) * embeddings.get(interest, d);
        }
        return affinity;
    }
}

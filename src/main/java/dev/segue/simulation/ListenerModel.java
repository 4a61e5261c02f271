package dev.segue.simulation;

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
 * How simulated listeners behave: the reference simulator's model. A session is about one of the listener's interests
 * and starts with a track near to it; {@link ListeningSession} says how the listener takes what is recommended next.
 * Immutable, so that sessions may run on any number of threads.
 */
public final class ListenerModel {

    private final FloatMatrix embeddings;
    private final int[] artists;
    private final BitSet released;
    private final SessionRules rules;
    private final Map<Integer, Integer> interestRows = new HashMap<>();
    private final IntMatrix interestNeighbours;

    /**
     * A model of these listeners.
     *
     * @param embeddings tracks × dimensions
     * @param artists a number for each track, equal for tracks of the same artist
     * @param listeners those who may begin sessions; the tracks nearest to their interests are found here, once
     * @throws IllegalArgumentException if the sizes differ or an interest is no track
     */
    public ListenerModel(FloatMatrix embeddings, int[] artists, Collection<Listener> listeners, SessionRules rules) {
        this(embeddings, artists, listeners, rules, track -> true);
    }

    /** The same in a world where some tracks are not released yet: no session starts with one, and none is played. */
    ListenerModel(
            FloatMatrix embeddings,
            int[] artists,
            Collection<Listener> listeners,
            SessionRules rules,
            IntPredicate released) {
        if (artists.length != embeddings.rows()) {
            throw new IllegalArgumentException(
                    artists.length + " tracks with artists, but " + embeddings.rows() + " with embeddings");
        }
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
                        "interest " + interests[row] + " is none of the " + artists.length + " tracks");
            }
            interestRows.put(interests[row], row);
        }
        interestNeighbours = nearestReleased(interests, rules.interestNeighbours());
    }

    /**
     * The released tracks with the largest inner products with others.
     *
     * @param k how many for each; all if there are fewer
     * @return a row for each of {@code tracks}, the largest product first
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

    /** Whether a track can be played. */
    boolean isReleased(int track) {
        return released.get(track);
    }

    /** How many tracks can be played. */
    int releasedTracks() {
        return released.cardinality();
    }

    /**
     * Begins a session: draws the interest that it is about and its first track, uniformly from the tracks with the
     * largest inner products with the interest, which is played in full.
     *
     * @param listener one of the model's listeners
     * @param random decides everything in the session; the caller keys it by listener and session
     */
    public ListeningSession begin(Listener listener, RandomGenerator random) {
        int interest =
                listener.interests().get(random.nextInt(listener.interests().size()));
        Integer row = interestRows.get(interest);
        if (row == null) {
            throw new IllegalArgumentException("user " + listener.user() + " is none of the model's listeners");
        }
        int first = interestNeighbours.get(row, random.nextInt(interestNeighbours.columns()));
        return new ListeningSession(this, listener, interest, first, random);
    }

    /**
     * Begins a session whose draws are keyed, so that it can be begun again.
     *
     * @param number the listener's session number
     */
    public ListeningSession begin(Listener listener, long seed, long number) {
        return begin(listener, new KeyedRandom(seed, listener.user(), number, 0));
    }

    /** The number of tracks there are; ids run from 0 to one less. */
    public int tracks() {
        return artists.length;
    }

    /**
     * Checks what was recommended.
     *
     * @param recommender who did, for the message
     * @throws NextTrackException if the world has no such track
     */
    public void requireTrack(int track, String recommender) {
        if (track < 0 || track >= tracks()) {
            throw new NextTrackException(
                    NextTrackException.Kind.GARBAGE,
                    recommender + " recommends track " + track + ", which is none of the world's " + tracks()
                            + "; catalogs and world must belong together",
                    null);
        }
    }

    /** All tracks that some session may be about. */
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
     * The share of a track that a listener plays who has not heard its artist in the session: sigmoid((e_t·q − b)·s),
     * 0 to 1, where q is the embedding of the interest.
     */
    double appeal(Listener listener, int interest, int track) {
        return appeal(listener, affinity(interest, track));
    }

    /** The same for an affinity e_t·q. */
    double appeal(Listener listener, double affinity) {
        return 1 / (1 + StrictMath.exp((listener.consumeBias() - affinity) * listener.consumeSharpness()));
    }

    /** e_t·q. */
    double affinity(int interest, int track) {
        double affinity = 0;
        for (int d = 0; d < embeddings.columns(); d++) {
            affinity += (double) embeddings.get(track, d) * embeddings.get(interest, d);
        }
        return affinity;
    }
}

package dev.segue.world;

import dev.segue.matrix.FloatMatrix;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A synthetic catalog and its listeners, with the truth that decides what they like.
 *
 * @param recipe what this world was made from
 * @param artists the artists; a track names its artist by the position here
 * @param tracks the tracks; the position is the track's id
 * @param embeddings the truth behind all playback times: tracks × {@value WorldRecipe#DIMENSIONS}; a track pleases
 *     somebody whose session is about another track by the inner product of the two rows
 * @param listeners the listeners; the position is the listener's id
 */
public record World(
        WorldRecipe recipe,
        List<Artist> artists,
        List<Track> tracks,
        FloatMatrix embeddings,
        List<Listener> listeners) {

    /**
     * An invented artist.
     *
     * @param name unique in the world
     * @param genre 0 to 19; small numbers are common
     */
    public record Artist(String name, int genre) {}

    /**
     * An invented track.
     *
     * @param artist position in {@link World#artists}
     * @param title not always unique
     * @param popularity the score z, about standard normal over the world
     */
    public record Track(int artist, String title, double popularity) {}

    public World {
        artists = List.copyOf(artists);
        tracks = List.copyOf(tracks);
        listeners = List.copyOf(listeners);
    }

    /** The artist of a track. */
    public Artist artistOf(int track) {
        return artists.get(tracks.get(track).artist());
    }

    /** All track ids by falling popularity, ties by id. */
    public int[] tracksByPopularity() {
        return IntStream.range(0, tracks.size())
                .boxed()
                .sorted(Comparator.comparingDouble(
                        (Integer track) -> -tracks.get(track).popularity()))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}

package dev.segue.world;

import dev.segue.matrix.FloatMatrix;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A synthetic catalog with listeners and the true embeddings that determine their playback times.
 *
 * @param recipe the recipe that generated this world
 * @param artists the artists, by the number that tracks refer to
 * @param tracks the tracks, by id
 * @param embeddings the true embeddings, tracks × {@value WorldRecipe#DIMENSIONS}; the inner product of a track's and an
 *     interest's rows is their affinity
 * @param listeners the listeners, by id
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
     * @param genre 0 to 19; smaller numbers are more common
     */
    public record Artist(String name, int genre) {}

    /**
     * An invented track.
     *
     * @param artist position in {@link World#artists}
     * @param title not necessarily unique
     * @param popularity the score z, approximately standard normal over the world
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

    /** All track ids in descending order of popularity, ties by id. */
    public int[] tracksByPopularity() {
        return IntStream.range(0, tracks.size())
                .boxed()
                .sorted(Comparator.comparingDouble(
                        (Integer track) -> -tracks.get(track).popularity()))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}

package dev.segue.simulation;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.catalog.Tracks;
import dev.segue.file.FileException;
import dev.segue.file.InputFile;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.NpyFile;
import dev.segue.world.Listener;
import dev.segue.world.WorldFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The data of a world that a simulation needs, read from the reference simulator's files: {@code tracks.json}, {@code
 * users.json} (each also gzipped, as {@code .gz}) and {@code tracks.npy}.
 */
public final class SimulatedWorld {

    /** Largest allowed coordinate; inner products of larger ones may overflow. */
    private static final float MAX_ABSOLUTE = 1e9f;

    private final Path directory;
    private final Tracks tracks;
    private final FloatMatrix embeddings;
    private final int[] artists;
    private final List<Listener> listeners;

    private SimulatedWorld(
            Path directory, Tracks tracks, FloatMatrix embeddings, int[] artists, List<Listener> listeners) {
        this.directory = directory;
        this.tracks = tracks;
        this.embeddings = embeddings;
        this.artists = artists;
        this.listeners = listeners;
    }

    /**
     * Reads a world.
     *
     * @throws FileException if a file is missing or invalid, or if the files do not match
     */
    public static SimulatedWorld load(Path directory) {
        Path tracksFile = existing(directory, WorldFiles.TRACKS);
        Path embeddingsFile = existing(directory, WorldFiles.EMBEDDINGS);
        Tracks tracks = Catalog.load(CatalogFiles.of(tracksFile)).tracks();
        FloatMatrix embeddings = NpyFile.readFloats(embeddingsFile);
        if (embeddings.rows() != tracks.size()) {
            throw new FileException(embeddingsFile + " has " + embeddings.rows() + " rows, but " + tracksFile + " has "
                    + tracks.size() + " tracks; take both from the same world");
        }
        requireFinite(embeddings, embeddingsFile);
        return new SimulatedWorld(
                directory,
                tracks,
                embeddings,
                artists(tracks, tracksFile),
                ListenerFile.read(existing(directory, WorldFiles.LISTENERS), tracks.size()));
    }

    private static Path existing(Path directory, String name) {
        return InputFile.find(directory, name)
                .orElseThrow(() -> new FileException(directory.resolve(name)
                        + " is missing; create a world with segue world, or name another folder with --world"));
    }

    private static void requireFinite(FloatMatrix embeddings, Path file) {
        if (embeddings.columns() == 0) {
            throw new FileException(file + " has no columns; an embedding needs at least one");
        }
        for (int row = 0; row < embeddings.rows(); row++) {
            for (int column = 0; column < embeddings.columns(); column++) {
                if (!(Math.abs(embeddings.get(row, column)) <= MAX_ABSOLUTE)) {
                    throw new FileException(file + ": row " + row + ", column " + column + " is "
                            + embeddings.get(row, column) + "; embeddings are numbers from -1e9 to 1e9");
                }
            }
        }
    }

    private static int[] artists(Tracks tracks, Path file) {
        if (tracks.size() > 0
                && IntStream.range(0, tracks.size()).allMatch(row -> tracks.artistRow(tracks.idAt(row)) < 0)) {
            throw new FileException(
                    file + ": no track has an \"artist\", which the artist discount needs; give each track its artist");
        }
        int[] artists = new int[tracks.size()];
        Arrays.setAll(artists, row -> {
            int artist = tracks.artistRow(tracks.idAt(row));
            return artist >= 0 ? artist : -1 - row; // a number of its own
        });
        return artists;
    }

    /** The listeners, in the order of the file. */
    public List<Listener> listeners() {
        return listeners;
    }

    /** All tracks; their rows are the rows of the embeddings. */
    public Tracks tracks() {
        return tracks;
    }

    /**
     * Checks that served tracks are of this world: it must have all their ids, and the same artist and title for at least half
     * of those with titles.
     *
     * @throws FileException if the tracks are of another world
     */
    public void requireTracks(Tracks served) {
        int foreign = 0;
        int named = 0;
        int renamed = 0;
        for (int row = 0; row < served.size(); row++) {
            int track = served.idAt(row);
            foreign += tracks.contains(track) ? 0 : 1;
            if (served.title(track) != null && tracks.title(track) != null) {
                named++;
                renamed += sameName(served, track) ? 0 : 1;
            }
        }
        if (foreign > 0 || 2 * renamed > named) {
            throw new FileException("the catalogs do not match the world " + directory + ": of their "
                    + served.size() + " tracks, " + foreign + " are not among its " + tracks.size() + ", and " + renamed
                    + " have another artist or title there; name the catalogs' world with --world");
        }
    }

    private boolean sameName(Tracks served, int track) {
        return Objects.equals(served.title(track), tracks.title(track))
                && Objects.equals(served.artist(track), tracks.artist(track));
    }

    /** A model of the listeners, with all tracks released. */
    public ListenerModel model(SessionRules rules) {
        return model(rules, row -> true);
    }

    /**
     * A model of the listeners with some tracks released: no session starts with another track, and the playback time of other
     * tracks is 0.
     *
     * @param released accepts the rows of the released tracks
     */
    public ListenerModel model(SessionRules rules, IntPredicate released) {
        return new ListenerModel(tracks.rows(), embeddings, artists, listeners, rules, released);
    }
}

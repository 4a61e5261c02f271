package dev.segue.world;

import dev.segue.catalog.TrackCatalogWriter;
import dev.segue.file.OutputFile;
import dev.segue.id.ListenerId;
import dev.segue.matrix.IntMatrix;
import dev.segue.matrix.NpyFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of a world, in one directory, for the server, the simulator, training and NumPy. Each file is written atomically.
 */
public final class WorldFiles {

    /** The catalog, without neighbours. */
    public static final String TRACKS = "tracks.json";

    /** The listeners, one {@link Listener} per line. */
    public static final String LISTENERS = "users.json";

    /** The true embeddings, tracks × {@value WorldRecipe#DIMENSIONS}. */
    public static final String EMBEDDINGS = "tracks.npy";

    /** All tracks in descending order of popularity. */
    public static final String TOP_TRACKS = "top_tracks.json";

    /** A list of recommendations for each listener. */
    public static final String LISTENER_LISTS = "recommendations.json";

    /** The catalog with control's neighbours. */
    public static final String CONTROL = "tracks_with_recs.json";

    /** The catalog with the treatment's neighbours. */
    public static final String TREATMENT = "RecSystracks_with_recs.json";

    /** JSON lines. The digits of the fast double writer do not depend on the JDK, unlike those of Double.toString. */
    private static final ObjectWriter JSON_LINES = JsonMapper.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build()
            .writer()
            .withRootValueSeparator("\n");

    private WorldFiles() {}

    /**
     * Writes a world and its provisional recommendations, and replaces existing files.
     *
     * @param directory created if missing
     * @return the files written
     * @throws dev.segue.file.FileException if a file cannot be written
     */
    public static List<Path> write(World world, ProvisionalRecommendations provisional, Path directory) {
        writeTracks(world, directory.resolve(TRACKS), null);
        OutputFile.write(directory.resolve(LISTENERS), out -> writeListeners(world.listeners(), out));
        NpyFile.write(directory.resolve(EMBEDDINGS), world.embeddings());
        TrackCatalogWriter.writeTopTracks(directory.resolve(TOP_TRACKS), world.tracksByPopularity());
        IntMatrix lists = provisional.forListeners();
        TrackCatalogWriter.writeListenerLists(
                directory.resolve(LISTENER_LISTS),
                world.listeners().stream().map(listener -> ListenerId.of(listener.user())),
                listener -> lists.row((int) listener.key()));
        writeTracks(world, directory.resolve(CONTROL), provisional.control()::row);
        writeTracks(world, directory.resolve(TREATMENT), provisional.treatment()::row);
        return List.of(TRACKS, LISTENERS, EMBEDDINGS, TOP_TRACKS, LISTENER_LISTS, CONTROL, TREATMENT).stream()
                .map(directory::resolve)
                .toList();
    }

    private static void writeTracks(World world, Path file, @Nullable IntFunction<int[]> neighbours) {
        TrackCatalogWriter.writeTracks(
                file,
                IntStream.range(0, world.tracks().size()),
                track -> world.artistOf(track).name(),
                track -> world.tracks().get(track).title(),
                neighbours);
    }

    private static void writeListeners(List<Listener> listeners, OutputStream out) throws IOException {
        try (SequenceWriter lines = JSON_LINES.writeValues(out)) {
            lines.writeAll(listeners);
        }
        out.write('\n');
    }
}

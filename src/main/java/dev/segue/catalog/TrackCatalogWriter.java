package dev.segue.catalog;

import dev.segue.file.OutputFile;
import dev.segue.id.ListenerId;
import dev.segue.id.TrackIds;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the JSON files of a catalog, each atomically. */
public final class TrackCatalogWriter {

    private static final JsonFactory JSON_LINES =
            JsonFactory.builder().rootValueSeparator("\n").build();

    private TrackCatalogWriter() {}

    /**
     * Writes a track catalog: {@code {"track":0,"artist":"…","title":"…","recommendations":[…]}}, one line per track. A
     * field whose function is null is omitted.
     *
     * @param tracks the ids to write, in this order
     * @param artist a track's artist
     * @param title a track's title
     * @param recommendations a track's neighbours, the nearest first
     */
    public static void writeTracks(
            Path file,
            IntStream tracks,
            @Nullable IntFunction<String> artist,
            @Nullable IntFunction<String> title,
            @Nullable IntFunction<int[]> recommendations) {
        writeTracks(file, tracks, artist, title, recommendations, null);
    }

    /**
     * Like {@link #writeTracks(Path, IntStream, IntFunction, IntFunction, IntFunction)}, with scores.
     *
     * @param scores a score for each of a track's recommendations; null to omit them
     */
    public static void writeTracks(
            Path file,
            IntStream tracks,
            @Nullable IntFunction<String> artist,
            @Nullable IntFunction<String> title,
            @Nullable IntFunction<int[]> recommendations,
            @Nullable IntFunction<float[]> scores) {
        write(
                file,
                json -> tracks.forEachOrdered(track -> {
                    json.writeStartObject();
                    json.writeName("track");
                    writeId(json, track);
                    if (artist != null) {
                        json.writeStringProperty("artist", artist.apply(track));
                    }
                    if (title != null) {
                        json.writeStringProperty("title", title.apply(track));
                    }
                    if (recommendations != null) {
                        json.writeName("recommendations");
                        writeIds(json, recommendations.apply(track));
                    }
                    if (scores != null) {
                        json.writeName("scores");
                        json.writeStartArray();
                        for (float score : scores.apply(track)) {
                            json.writeNumber(score);
                        }
                        json.writeEndArray();
                    }
                    json.writeEndObject();
                }));
    }

    /** Writes listener lists: {@code {"user":1,"tracks":[…]}}, one line per listener, the best track first. */
    public static void writeListenerLists(Path file, Stream<ListenerId> listeners, Function<ListenerId, int[]> tracks) {
        writeListenerLists(file, listeners.map(listener -> Map.entry(listener, tracks.apply(listener))));
    }

    /** The same for a stream of listeners with their lists. */
    public static void writeListenerLists(Path file, Stream<Map.Entry<ListenerId, int[]>> lists) {
        write(
                file,
                json -> lists.forEachOrdered(list -> {
                    ListenerId listener = list.getKey();
                    json.writeStartObject();
                    if (listener.quoted()) {
                        json.writeStringProperty("user", listener.text());
                    } else {
                        json.writeNumberProperty("user", listener.key());
                    }
                    json.writeName("tracks");
                    writeIds(json, list.getValue());
                    json.writeEndObject();
                }));
    }

    /** Writes the top tracks as one array of ids, the most popular first. */
    public static void writeTopTracks(Path file, int[] tracks) {
        write(file, json -> writeIds(json, tracks));
    }

    private interface Content {
        void writeTo(JsonGenerator json);
    }

    private static void write(Path file, Content content) {
        OutputFile.write(file, out -> {
            try (JsonGenerator json = JSON_LINES.createGenerator(ObjectWriteContext.empty(), out)) {
                content.writeTo(json);
                json.writeRaw('\n');
            }
        });
    }

    private static void writeIds(JsonGenerator json, int[] ids) {
        json.writeStartArray();
        for (int id : ids) {
            writeId(json, id);
        }
        json.writeEndArray();
    }

    /** Writes a track id, an integer or a string. */
    public static void writeId(JsonGenerator json, int id) {
        if (TrackIds.isText(id)) {
            json.writeString(TrackIds.text(id));
        } else {
            json.writeNumber(id);
        }
    }
}

package dev.segue.catalog;

import dev.segue.file.InputFile;
import dev.segue.file.OutputFile;
import dev.segue.id.ListenerId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A file with the listeners of a model's rows: one JSON number or string per line. */
public final class ListenerIdsFile {

    private static final JsonMapper JSON = new JsonMapper();

    private ListenerIdsFile() {}

    /**
     * Writes the ids in order.
     *
     * @throws FileException if the file cannot be written
     */
    public static void write(Path file, List<ListenerId> listeners) {
        OutputFile.write(file, out -> {
            for (ListenerId listener : listeners) {
                String json = listener.quoted() ? JSON.writeValueAsString(listener.text()) : listener.text();
                out.write((json + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    /**
     * Reads the ids in order.
     *
     * @throws IOException if the file cannot be read
     * @throws tools.jackson.core.JacksonException if a line is not a JSON value
     * @throws IllegalArgumentException if an id is not a valid listener id
     */
    public static List<ListenerId> read(Path file) throws IOException {
        List<ListenerId> listeners = new ArrayList<>();
        try (var lines = new BufferedReader(new InputStreamReader(InputFile.open(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode id = JSON.readTree(line);
                listeners.add(id.isString() ? ListenerId.ofString(id.asString()) : ListenerId.of(id.longValue()));
            }
        }
        return listeners;
    }
}

package dev.segue.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segue.file.FileException;
import dev.segue.file.InputFile;
import dev.segue.file.OutputFile;
import dev.segue.id.TrackIds;
import dev.segue.id.TrackRows;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tracks of the rows of a model's matrices: a file with a JSON value a line, a number or a string. A folder without the file has
 * track 0 in row 0, track 1 in row 1, and so on.
 */
public final class TrackIdsFile {

    /** The file's name in the folder of a model. */
    public static final String NAME = "track_ids.json";

    private static final JsonMapper JSON = new JsonMapper();

    private TrackIdsFile() {}

    /**
     * Writes the file, or removes it if each track is in the row of its id.
     *
     * @throws FileException if the file cannot be written or removed
     */
    public static void write(Path folder, TrackRows tracks) {
        Path file = folder.resolve(NAME);
        if (tracks.isIdentity()) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new FileException("cannot remove " + file + ": " + e, e);
            }
            return;
        }
        OutputFile.write(file, out -> {
            for (int row = 0; row < tracks.size(); row++) {
                out.write((JSON.writeValueAsString(TrackIds.json(tracks.track(row))) + "\n").getBytes(UTF_8));
            }
        });
    }

    /**
     * Reads the file of a folder, plain or gzipped.
     *
     * @param rows number of rows of the model's matrices
     * @throws IOException if the file cannot be read
     * @throws tools.jackson.core.JacksonException if a line is not a JSON value
     * @throws IllegalArgumentException if an id is not one of a track, or the file has another number of ids
     */
    public static TrackRows read(Path folder, int rows) throws IOException {
        Path file = InputFile.find(folder, NAME).orElse(null);
        if (file == null) {
            return TrackRows.identity(rows);
        }
        var ids = IntStream.builder();
        try (var lines = new BufferedReader(new InputStreamReader(InputFile.open(file), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                ids.add(track(JSON.readTree(line)));
            }
        }
        TrackRows tracks = TrackRows.of(ids.build());
        if (tracks.size() != rows) {
            throw new IllegalArgumentException(
                    NAME + " has " + tracks.size() + " ids for " + rows + " rows of the other files");
        }
        return tracks;
    }

    private static int track(JsonNode id) {
        if (id.isString()) {
            return TrackIds.of(id.asString());
        }
        if (!id.isInt() || id.intValue() < 0) {
            throw new IllegalArgumentException(NAME + ": " + id + " is not " + TrackIds.FORM);
        }
        return id.intValue();
    }
}

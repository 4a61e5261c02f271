package dev.segue.embedding;

import dev.segue.file.FileException;
import dev.segue.file.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The model that a neighbour catalog was computed from, stored beside the catalog in a file with the suffix {@code .origin.json}. The
 * origin of a catalog without such a file is unknown.
 *
 * @param type the model's type
 * @param context the context track of the model's predictions
 * @param k maximum number of neighbours of a track
 */
public record NeighbourOrigin(ModelType type, Context context, int k) {

    private static final JsonMapper JSON = new JsonMapper();

    /** The file beside a catalog. */
    public static Path file(Path catalog) {
        return catalog.resolveSibling(catalog.getFileName() + ".origin.json");
    }

    /** Writes the file beside a catalog.
     *
     * @throws FileException if the file cannot be written
     */
    public void write(Path catalog) {
        writeTo(file(catalog));
    }

    /** Writes a file.
     *
     * @throws FileException if the file cannot be written
     */
    public void writeTo(Path file) {
        byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
        OutputFile.write(file, out -> out.write(json));
    }

    /** Reads the file beside a catalog.
     *
     * @return empty if there is no such file
     * @throws FileException if the file is damaged
     */
    public static Optional<NeighbourOrigin> of(Path catalog) {
        Path file = file(catalog);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), NeighbourOrigin.class));
        } catch (IOException | JacksonException e) {
            throw new FileException(
                    file + " does not describe the model of " + catalog.getFileName() + " (" + e.getMessage()
                            + "); remove it, or write the catalog again with segue neighbours",
                    e);
        }
    }
}

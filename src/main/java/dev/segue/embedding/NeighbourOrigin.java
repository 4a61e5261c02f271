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
 * The model that a neighbour catalog comes from: a file beside the catalog, with {@code .origin.json} behind its name. A catalog
 * without one may come from anywhere.
 *
 * @param type which model
 * @param context the track that the model's predictions go out from
 * @param k how many neighbours a track has at most
 */
public record NeighbourOrigin(ModelType type, Context context, int k) {

    private static final JsonMapper JSON = new JsonMapper();

    private static Path file(Path catalog) {
        return catalog.resolveSibling(catalog.getFileName() + ".origin.json");
    }

    /**
     * Writes it beside a catalog.
     *
     * @throws FileException if the file cannot be written
     */
    public void write(Path catalog) {
        byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
        OutputFile.write(file(catalog), out -> out.write(json));
    }

    /**
     * Reads it from beside a catalog.
     *
     * @return empty if there is none
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

package dev.segue.cli;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.catalog.Tracks;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --catalog}: the catalog of a command. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TracksOption {

    @Option(
            names = "--catalog",
            paramLabel = "FILE",
            defaultValue = "data/tracks.json",
            description = "The tracks with their artists and titles, JSON lines.")
    private Path file;

    Path file() {
        return file;
    }

    /**
     * Loads the tracks.
     *
     * @throws dev.segue.file.FileException if the file cannot be read or is invalid
     */
    Tracks load() {
        return Catalog.load(CatalogFiles.of(file)).tracks();
    }
}

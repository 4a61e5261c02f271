package dev.segue.fuzz;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.file.FileException;
import java.nio.file.Path;
import java.util.List;

/** A file of a catalog, read as each of the kinds: tracks with neighbours, texts of tracks, top tracks, lists of listeners. */
public final class CatalogTarget {

    private static final String NAME = "input";

    private static final Scratch SCRATCH = new Scratch();

    private static final Path TRACKS = SCRATCH.write("tracks.json", """
        {"track":0,"artist":"A","title":"T","recommendations":[1]}
        {"track":1,"artist":"B","title":"U","recommendations":[]}
        {"track":"two","artist":"C","title":"V","recommendations":[0,1]}
        """);

    private CatalogTarget() {}

    /** Reads an input; called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Path file = SCRATCH.write(NAME, input);
        for (CatalogFiles files : List.of(
                CatalogFiles.of(file),
                new CatalogFiles(TRACKS, file, null, null, null),
                new CatalogFiles(TRACKS, null, file, null, null),
                new CatalogFiles(TRACKS, null, null, file, null),
                new CatalogFiles(TRACKS, null, null, null, file))) {
            Promise.keep(FileException.class, NAME, () -> Catalog.load(files));
        }
    }
}

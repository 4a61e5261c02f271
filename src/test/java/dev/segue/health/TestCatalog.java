package dev.segue.health;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small catalog for tests. */
final class TestCatalog {

    private TestCatalog() {}

    /** Four tracks. Track 0 has the neighbours 1 and 2, track 1 has 2, and the others have none. */
    static Catalog ofFour(Path folder) throws IOException {
        return Catalog.load(CatalogFiles.of(Files.writeString(folder.resolve("tracks.json"), """
                {"track":0,"artist":"A","recommendations":[1,2]}
                {"track":1,"artist":"A","recommendations":[2]}
                {"track":2,"artist":"B","recommendations":[]}
                {"track":3,"artist":"B","recommendations":[]}
                """)));
    }
}

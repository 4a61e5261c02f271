package dev.segue.fuzz;

import dev.segue.importing.Import;
import dev.segue.importing.ImportException;
import dev.segue.importing.ImportOptions;
import java.nio.file.Path;
import java.util.List;

/** A file of another service's listening history: it is imported or refused. */
public final class ImportTarget {

    private static final String NAME = "history";

    private static final Scratch SCRATCH = new Scratch();

    private ImportTarget() {}

    /** Reads an input; called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (EventLogTarget.isParquet(input)) {
            return;
        }
        Path file = SCRATCH.write(NAME, input);
        Promise.keep(ImportException.class, "", () -> {
            var imported = new Import(
                    List.of(file.toString()),
                    ImportOptions.DEFAULT,
                    SCRATCH.folder().resolve("out"),
                    true,
                    message -> {});
            imported.read(bytes -> {});
            imported.write(rows -> {});
        });
    }
}

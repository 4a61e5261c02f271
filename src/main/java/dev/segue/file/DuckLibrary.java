package dev.segue.file;

import dev.segue.platform.LibraryFolder;
import java.nio.file.Path;

/** DuckDB's native library, which its driver unpacks into the temporary folder. */
public final class DuckLibrary {

    private static final long BYTES = 65_000_000;

    private static final String REMEDY = "name another, as in: java -Djava.io.tmpdir=/var/tmp -jar segue.jar ...";

    private DuckLibrary() {}

    /** Whether the jar was built without DuckDB. */
    static boolean isLeftOut() {
        return DuckLibrary.class.getResource("/org/duckdb/DuckDBDriver.class") == null;
    }

    /** Explains why the library cannot be loaded, with a remedy. */
    public static String problem() {
        if (isLeftOut()) {
            return "this jar is without DuckDB; use segue.jar, which has all libraries";
        }
        return "DuckDB's library cannot be loaded: "
                + LibraryFolder.problem(Path.of(System.getProperty("java.io.tmpdir")), BYTES, REMEDY)
                        .orElseGet(() -> "this jar holds the library of the platform it was built on, and this is "
                                + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                                + ": build it here");
    }
}

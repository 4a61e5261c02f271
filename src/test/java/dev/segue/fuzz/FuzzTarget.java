package dev.segue.fuzz;

import dev.segue.http.EndpointTarget;
import dev.segue.http.ReaderTarget;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The targets of {@code scripts/fuzz}, in which Jazzer changes inputs and keeps those that reach new code. {@link
 * FuzzTargetTest} reads the seeds and the inputs of faults that were found.
 */
@SuppressWarnings("ImmutableEnumChecker") // the readers are methods, the list is not changed
enum FuzzTarget {
    CONFIGURATION(ConfigurationTarget.class, ConfigurationTarget::fuzzerTestOneInput),
    CATALOG(CatalogTarget.class, CatalogTarget::fuzzerTestOneInput, "cases/16-catalogs"),
    EVENTS(EventLogTarget.class, EventLogTarget::fuzzerTestOneInput, "cases", "event"),
    IMPORT(ImportTarget.class, ImportTarget::fuzzerTestOneInput, "importing"),
    READERS(ReaderTarget.class, ReaderTarget::fuzzerTestOneInput),
    ENDPOINTS(EndpointTarget.class, EndpointTarget::fuzzerTestOneInput);

    private static final Path RESOURCES = Path.of("src/test/resources/dev/segue");

    private final Class<?> jazzerClass;
    private final Reader reader;
    private final List<String> furtherSeeds;

    /** Reads an input; throws if a promise is broken. */
    interface Reader {
        void read(byte[] input);
    }

    /** @param furtherSeeds folders of test resources whose files are seeds too */
    FuzzTarget(Class<?> jazzerClass, Reader reader, String... furtherSeeds) {
        this.jazzerClass = jazzerClass;
        this.reader = reader;
        this.furtherSeeds = Arrays.asList(furtherSeeds);
    }

    void read(byte[] input) {
        reader.read(input);
    }

    /** The folders of the seeds, relative to the project; the first one has the target's own. */
    List<Path> seeds() {
        return Stream.concat(Stream.of("fuzz/" + label()), furtherSeeds.stream())
                .map(RESOURCES::resolve)
                .toList();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Prints a line for each target: its name, its class and the folders of its seeds. */
    public static void main(String[] args) {
        for (FuzzTarget target : values()) {
            String seeds =
                    String.join(" ", target.seeds().stream().map(Path::toString).toList());
            System.out.println(target.label() + " " + target.jazzerClass.getName() + " " + seeds);
        }
    }
}

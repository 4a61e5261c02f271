package dev.segue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Small inputs of the kinds that users of comparable systems reported, in the test resources. */
public final class Cases {

    private Cases() {}

    /** A file or folder of the cases. */
    public static Path of(String name) {
        try {
            return Path.of(Objects.requireNonNull(Cases.class.getResource("cases"))
                            .toURI())
                    .resolve(name);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Every file of the cases that is a log, or was taken for one. */
    public static List<Path> logs() {
        try (Stream<Path> files = Files.walk(of(""))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("16-catalogs"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

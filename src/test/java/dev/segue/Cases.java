package dev.segue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Test resources: small inputs of kinds that users of comparable systems reported. */
public final class Cases {

    private Cases() {}

    /** Returns the path of a file or folder of the cases. */
    public static Path of(String name) {
        try {
            return Path.of(Objects.requireNonNull(Cases.class.getResource("cases"))
                            .toURI())
                    .resolve(name);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns all files of the cases except catalogs: logs and files that were mistaken for logs. */
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

package dev.segue.evaluation;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** A small data set; its README computes the metrics by hand. */
final class HandComputed {

    static final Path FOLDER = folder();

    private HandComputed() {}

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(HandComputed.class.getResource("hand-computed"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}

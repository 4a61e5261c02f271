package dev.segue.fuzz;

import dev.segue.config.Configuration;
import dev.segue.config.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A configuration file: it is loaded or refused, and {@code segue check-config} finds a mistake in each that is refused. */
public final class ConfigurationTarget {

    private static final String NAME = "config.json";

    private static final Scratch SCRATCH = scratch();

    private ConfigurationTarget() {}

    private static Scratch scratch() {
        var scratch = new Scratch();
        for (String name : List.of("tracks.json", "nn.json", "top.json")) {
            scratch.write(name, "");
        }
        return scratch;
    }

    /** Reads an input; called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Path file = SCRATCH.write(NAME, input);
        boolean isRead =
                Promise.keep(ConfigurationException.class, NAME, () -> Configuration.load(file, Map.of(), Map.of()));
        List<String> mistakes = Configuration.mistakes(file, Map.of(), Map.of());
        mistakes.forEach(mistake -> Promise.checkMessage(mistake, NAME));
        if (isRead != mistakes.isEmpty()) {
            throw new AssertionError("loaded: " + isRead + ", mistakes: " + mistakes);
        }
    }
}

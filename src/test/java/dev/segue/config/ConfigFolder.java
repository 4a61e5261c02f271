package dev.segue.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A folder with a configuration and the files it may name: tracks.json, nn.json, meta.json, top.json and recs.json. */
record ConfigFolder(Path folder) {

    ConfigFolder {
        for (String name : new String[] {"tracks.json", "nn.json", "meta.json", "top.json", "recs.json"}) {
            write(folder.resolve(name), "");
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** JSON is easier on the eye here with ' for ". */
    static String json(String text) {
        return text.replace('\'', '"');
    }

    /** Writes config.json as it stands. */
    ConfigFolder with(String text) {
        write(file(), json(text));
        return this;
    }

    Path file() {
        return folder.resolve("config.json");
    }

    Configuration load() {
        return load(Map.of(), Map.of());
    }

    Configuration load(Map<String, String> environment, Map<String, String> flags) {
        return Configuration.load(file(), environment, flags);
    }

    /** The one line with which loading is refused. */
    static String refusal(Path file, Map<String, String> environment, Map<String, String> flags) {
        ConfigurationException e =
                assertThrows(ConfigurationException.class, () -> Configuration.load(file, environment, flags));
        String message = String.valueOf(e.getMessage());
        assertEquals(1, message.lines().count(), message);
        return message;
    }
}

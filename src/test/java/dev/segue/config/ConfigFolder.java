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

    /** Replaces ' with ", since tests write JSON with ' for readability. */
    static String json(String text) {
        return text.replace('\'', '"');
    }

    /** Writes config.json, from a text with ' for ". */
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

    /** Loads an invalid configuration and returns the message, which has one line. */
    static String refusal(Path file, Map<String, String> environment, Map<String, String> flags) {
        ConfigurationException e =
                assertThrows(ConfigurationException.class, () -> Configuration.load(file, environment, flags));
        String message = String.valueOf(e.getMessage());
        assertEquals(1, message.lines().count(), message);
        return message;
    }
}

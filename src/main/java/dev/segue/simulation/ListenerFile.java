package dev.segue.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segue.catalog.CatalogException;
import dev.segue.catalog.InputFile;
import dev.segue.world.Listener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code users.json}: a {@link Listener} a line, also gzipped. */
final class ListenerFile {

    private static final ObjectReader LISTENERS = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build()
            .readerFor(Listener.class);

    private ListenerFile() {}

    /**
     * The listeners of a file.
     *
     * @param tracks how many tracks there are; interests are below
     * @throws CatalogException if the file cannot be read, is empty, or a line is wrong
     */
    static List<Listener> read(Path file, int tracks) {
        List<Listener> listeners = new ArrayList<>();
        Set<Integer> users = new HashSet<>();
        try (var lines = new BufferedReader(new InputStreamReader(InputFile.open(file), UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    Listener listener = parse(line, file + ":" + number);
                    requireKnown(listener, tracks, file + ":" + number);
                    if (!users.add(listener.user())) {
                        throw new CatalogException(file + ":" + number + ": user " + listener.user()
                                + " stands there a second time; remove one");
                    }
                    listeners.add(listener);
                }
            }
        } catch (IOException e) {
            throw InputFile.unreadable(file, e);
        }
        if (listeners.isEmpty()) {
            throw new CatalogException(file + " has no listeners");
        }
        return List.copyOf(listeners);
    }

    private static Listener parse(String line, String place) {
        try {
            return LISTENERS.readValue(line);
        } catch (JacksonException e) {
            Throwable cause = e.getCause();
            String why = cause instanceof IllegalArgumentException wrong
                    ? Objects.requireNonNullElse(wrong.getMessage(), "")
                    : e.getOriginalMessage();
            throw new CatalogException(
                    place + ": " + why + "; a line is {\"user\":0,\"interests\":[1,2,3],\"consume_bias\":5.0,"
                            + "\"consume_sharpness\":1.0}",
                    e);
        }
    }

    private static void requireKnown(Listener listener, int tracks, String place) {
        for (int interest : listener.interests()) {
            if (interest < 0 || interest >= tracks) {
                throw new CatalogException(place + ": interest " + interest + " is none of the " + tracks
                        + " tracks; take users.json and tracks.json from the same world");
            }
        }
    }
}

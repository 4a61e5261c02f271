package dev.segue.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Reads a file with one JSON object. Duplicate keys, comments and text after the object are errors. */
final class ConfigurationFile {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Pattern DUPLICATE = Pattern.compile("Duplicate .*?\"(.*)\".*", Pattern.DOTALL);

    private ConfigurationFile() {}

    /** @param mistakes receives the mistakes in the values */
    static ConfigNode read(Path file, Mistakes mistakes) {
        byte[] bytes = readBytes(file);
        String name = file.getFileName().toString();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            @Nullable Object value = parser.nextToken() == null ? null : JsonValue.read(parser);
            if (!(value instanceof Map)) {
                throw new ConfigurationException(name + ": the top level is no JSON object; begin with {");
            }
            if (parser.nextToken() != null) {
                throw new ConfigurationException(
                        at(name, parser.currentTokenLocation()) + "text after the end of the configuration; remove it");
            }
            return new ConfigNode(
                    new ConfigNode.Source(name + ": ", file.resolveSibling(""), "the config file", mistakes),
                    "",
                    value);
        } catch (StreamConstraintsException e) {
            throw new ConfigurationException(name + ": nests too deeply or holds too long a number, text or key");
        } catch (JacksonException e) {
            throw new ConfigurationException(at(name, e.getLocation()) + problem(e));
        }
    }

    /** The object that a text writes in JSON; empty if it is none. */
    static Optional<Map<?, ?>> object(String json) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            @Nullable Object value = parser.nextToken() == null ? null : JsonValue.read(parser);
            return value instanceof Map<?, ?> object && parser.nextToken() == null
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static byte[] readBytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new ConfigurationException("no such file " + file + ": write one or name another with --config");
        } catch (IOException e) {
            throw new ConfigurationException(
                    "cannot read " + file + ": make it a readable file or name another with --config");
        }
    }

    private static String at(String name, TokenStreamLocation location) {
        return name + ":" + location.getLineNr() + ":" + location.getColumnNr() + ": ";
    }

    /** Jackson's messages name its classes, so this takes only the name of a duplicate key from them. */
    private static String problem(JacksonException e) {
        Matcher duplicate = DUPLICATE.matcher(e.getOriginalMessage());
        return duplicate.matches()
                ? "duplicate key \"" + duplicate.group(1) + "\"; keep one"
                : "malformed JSON; look here and just before for a missing or extra comma, quote or bracket";
    }
}

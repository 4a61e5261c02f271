package dev.segue.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value and its place. The messages of all errors begin with the place. Methods such as {@link #text} and {@link #integer}
 * never convert a value of another type.
 *
 * @param source the file, environment or command line that has the value
 * @param name the keys and indices from the top, such as {@code experiments[0].arms}; "" for the whole
 * @param value in the representation of {@link JsonValue}
 */
record ConfigNode(Source source, String name, @Nullable Object value) {

    /**
     * A source of values.
     *
     * @param label the beginning of messages, such as {@code "config.json: "}
     * @param folder the folder that relative paths start from
     * @param folderName the words for the folder in messages
     * @param mistakes receives the mistakes
     */
    record Source(String label, Path folder, String folderName, Mistakes mistakes) {}

    private static final int SHOWN_LENGTH = 80;

    ConfigurationException error(String problem) {
        return new ConfigurationException(source.label() + (name.isEmpty() ? "" : name + ": ") + problem);
    }

    /** The value as JSON, shortened for a message. */
    String shown() {
        String json = JsonValue.toJson(value);
        return json.length() <= SHOWN_LENGTH ? json : json.substring(0, SHOWN_LENGTH) + "…";
    }

    private ConfigurationException isNo(String expected) {
        String remedy = value == null ? "; leave the key out to get the default" : "";
        return error(shown() + " is no " + expected + remedy);
    }

    String text() {
        if (value instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw isNo("text of 1 or more characters");
    }

    long integer(Range range) {
        if (value instanceof Long integer && range.contains(integer)) {
            return integer;
        }
        throw isNo(range.toString());
    }

    double number(Values.Numbers allowed) {
        if (value instanceof Number number && allowed.contains(number)) {
            return number.doubleValue();
        }
        throw isNo(allowed.toString());
    }

    boolean bool() {
        if (value instanceof Boolean bool) {
            return bool;
        }
        throw isNo("boolean; write true or false without quotes");
    }

    /** A text. Messages do not show it. */
    String secret() {
        if (!(value instanceof String text) || text.isEmpty()) {
            throw error("must be text of 1 or more characters");
        }
        return text;
    }

    /** A token. Messages do not show it. */
    String token() {
        if (!(value instanceof String text) || !Token.isValid(text)) {
            throw error(Token.RULE);
        }
        return text;
    }

    /** The token in the first line of a file. Messages do not show it. */
    String tokenInFile() {
        Path file = existingFile();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            String line = lines.readLine();
            if (line == null || !Token.isValid(line)) {
                throw error("the first line of " + file + " " + Token.RULE);
            }
            return line;
        } catch (IOException unreadable) {
            throw error("cannot read " + file + ": " + unreadable + "; allow the server's user to read it");
        }
    }

    /** The members of an object of texts. Messages do not show the values. */
    Map<String, String> secrets() {
        if (!(value instanceof Map<?, ?> object)) {
            throw error("must be a JSON object of names and secrets, such as {\"name\": \"secret\"}");
        }
        Map<String, String> members = new LinkedHashMap<>();
        object.forEach((key, member) -> {
            members.put((String) key, child((String) key, member).secret());
        });
        return members;
    }

    /** An absolute path. */
    Path path() {
        try {
            return source.folder().resolve(text()).normalize();
        } catch (InvalidPathException e) {
            throw isNo("path");
        }
    }

    Path existingFile() {
        Path path = path();
        if (Files.isDirectory(path)) {
            throw error(path + " is a folder; name a file");
        }
        if (!Files.exists(path)) {
            throw error("no such file " + path + "; paths are relative to " + source.folderName());
        }
        if (!Files.isRegularFile(path)) {
            throw error(path + " is a pipe or a device; name a regular file");
        }
        return path;
    }

    Path existingPath() {
        Path path = path();
        if (!Files.exists(path)) {
            throw error("no such file or folder " + path + "; paths are relative to " + source.folderName());
        }
        return path;
    }

    Path existingFolder() {
        Path path = path();
        if (!Files.exists(path)) {
            throw error("no such folder " + path + "; paths are relative to " + source.folderName());
        }
        if (!Files.isDirectory(path)) {
            throw error(path + " is a file; name a folder");
        }
        return path;
    }

    /** The members of an object, each read by the function, in their order. */
    <V> Map<String, V> map(Function<ConfigNode, V> read) {
        if (!(value instanceof Map<?, ?> object)) {
            throw isNo("JSON object");
        }
        Map<String, V> members = new LinkedHashMap<>();
        object.forEach((key, member) ->
                source.mistakes().in(() -> members.put((String) key, read.apply(child((String) key, member)))));
        return members;
    }

    /** The elements of an array, each read by the function. */
    <V> List<V> list(Function<ConfigNode, V> read) {
        if (!(value instanceof List<?> array)) {
            throw isNo("JSON array");
        }
        List<V> elements = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            var element = new ConfigNode(source, name + "[" + i + "]", array.get(i));
            source.mistakes().in(() -> elements.add(read.apply(element)));
        }
        return elements;
    }

    /** Checks that the value is an object that has no keys but these. */
    void requireKeys(Collection<String> known) {
        map(Function.identity()).forEach((key, member) -> {
            if (!known.contains(key)) {
                source.mistakes().add(member.error(DidYouMean.unknown("key", key, known)));
            }
        });
    }

    /** The same for an object whose keys are described. If mistakes are collected, those in all values of the object are. */
    void requireValid(Collection<? extends Key<?>> keys) {
        requireKeys(keys.stream().<String>map(Key::name).toList());
        source.mistakes().inValues(this, keys);
    }

    Optional<ConfigNode> find(String key) {
        return value instanceof Map<?, ?> object && object.containsKey(key)
                ? Optional.of(child(key, object.get(key)))
                : Optional.empty();
    }

    ConfigNode get(String key) {
        return find(key).orElseThrow(() -> error("\"" + key + "\" is missing"));
    }

    /** The supplier's result. If it throws {@link IllegalArgumentException}, the message is completed with the place. */
    <V> V build(Supplier<V> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(source.label() + name + "." + e.getMessage());
        }
    }

    private ConfigNode child(String key, @Nullable Object member) {
        return new ConfigNode(source, name.isEmpty() ? key : name + "." + key, member);
    }
}

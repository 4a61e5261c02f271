package dev.segue.config;

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
 * A JSON value and where it stands, so that whatever is wrong with it can be said with its place. Readers take exactly
 * the type they ask for: nothing is converted.
 *
 * @param source who said it
 * @param name the key, dotted and indexed from the top, such as {@code experiments[0].arms}; "" is the whole
 * @param value what was said, as {@link JsonValue} has it
 */
record ConfigNode(Source source, String name, @Nullable Object value) {

    /**
     * Somebody who says things.
     *
     * @param label begins the messages, such as {@code "config.json: "}
     * @param folder where its relative paths start
     * @param folderName what messages call that folder
     */
    record Source(String label, Path folder, String folderName) {}

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

    /** A number of 0 or more. */
    double nonNegative() {
        if (value instanceof Number number
                && number.doubleValue() >= 0
                && number.doubleValue() < Double.POSITIVE_INFINITY) {
            return number.doubleValue();
        }
        throw isNo("number of 0 or more");
    }

    /** A number from 0 to 1. */
    double share() {
        if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1) {
            return number.doubleValue();
        }
        throw isNo("number from 0 to 1");
    }

    boolean yes() {
        if (value instanceof Boolean yes) {
            return yes;
        }
        throw isNo("boolean; write true or false without quotes");
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

    /** The members of an object, read one by one, in the order written. */
    <V> Map<String, V> map(Function<ConfigNode, V> read) {
        if (!(value instanceof Map<?, ?> object)) {
            throw isNo("JSON object");
        }
        Map<String, V> members = new LinkedHashMap<>();
        object.forEach((key, member) -> members.put((String) key, read.apply(child((String) key, member))));
        return members;
    }

    /** The elements of an array, read one by one. */
    <V> List<V> list(Function<ConfigNode, V> read) {
        if (!(value instanceof List<?> array)) {
            throw isNo("JSON array");
        }
        List<V> elements = new ArrayList<>();
        for (Object element : array) {
            elements.add(read.apply(new ConfigNode(source, name + "[" + elements.size() + "]", element)));
        }
        return elements;
    }

    /** Refuses anything but an object with no other than these keys. */
    void requireKeys(Collection<String> known) {
        map(Function.identity()).forEach((key, member) -> {
            if (!known.contains(key)) {
                throw member.error(DidYouMean.unknown("key", key, known));
            }
        });
    }

    Optional<ConfigNode> find(String key) {
        return value instanceof Map<?, ?> object && object.containsKey(key)
                ? Optional.of(child(key, object.get(key)))
                : Optional.empty();
    }

    ConfigNode get(String key) {
        return find(key).orElseThrow(() -> error("\"" + key + "\" is missing"));
    }

    /** The supplier's result; its complaints about this value are completed with the place. */
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

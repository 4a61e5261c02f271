package dev.segue.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key of an object in the configuration file, such as {@code size} of a recommender. The code that reads the object, the
 * JSON Schema and the configuration reference all use it. {@link Setting} is the same for scalar settings.
 *
 * @param defaultValue the value if the object lacks the key; null if there is no such value
 * @param description in Markdown, one or more sentences
 */
record Key<T>(String name, Values<T> values, @Nullable T defaultValue, String description) {

    static Key<Integer> integer(String name, int least, int most, @Nullable Integer defaultValue, String description) {
        return new Key<>(name, new Range(least, most), defaultValue, description);
    }

    /** A key that has no default. */
    static <T> Key<T> of(String name, Values<T> values, String description) {
        return new Key<>(name, values, null, description);
    }

    static List<String> names(List<? extends Key<?>> keys) {
        return keys.stream().<String>map(Key::name).toList();
    }

    /** The value in an object, or the default. */
    T read(ConfigNode object) {
        return find(object).orElseGet(() -> Objects.requireNonNull(defaultValue, name));
    }

    /** The value in an object that must have the key. */
    T require(ConfigNode object) {
        return values.read(object.get(name));
    }

    /** The value in an object that may lack the key. */
    Optional<T> find(ConfigNode object) {
        return object.find(name).map(values::read);
    }

    /** Throws {@link IllegalArgumentException}, its message beginning with the key, unless the number is allowed. */
    void check(Number value) {
        values.check(name, value);
    }
}

package dev.segue.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The values that a key may have.
 *
 * @param <T> how the program represents a value
 */
sealed interface Values<T> permits Range, Values.Numbers, Values.Choice, Values.Form {

    /** Reads a value, and throws a {@link ConfigurationException} if it is none of these. */
    T read(ConfigNode at);

    /** Whether a number is one of these values. */
    default boolean contains(Number value) {
        return false;
    }

    /** Throws {@link IllegalArgumentException}, its message beginning with the place, unless the number is one of these values. */
    default void check(String place, Number value) {
        if (!contains(value)) {
            throw new IllegalArgumentException(place + ": " + value + " is no " + this);
        }
    }

    /** Finite numbers from 0 on. */
    enum Numbers implements Values<Double> {
        SHARE(1, "number from 0 to 1"),
        NON_NEGATIVE(Double.MAX_VALUE, "number of 0 or more");

        private final double most;
        private final String inMessages;

        Numbers(double most, String inMessages) {
            this.most = most;
            this.inMessages = inMessages;
        }

        @Override
        public Double read(ConfigNode at) {
            return at.number(this);
        }

        @Override
        public boolean contains(Number value) {
            return value.doubleValue() >= 0 && value.doubleValue() <= most;
        }

        @Override
        public String toString() {
            return inMessages;
        }
    }

    /**
     * The constants of an enum. The file has their names in lower case, with {@code -} for {@code _}.
     *
     * @param what a constant's kind, for messages
     */
    record Choice<E extends Enum<E>>(String what, Class<E> type) implements Values<E> {

        static String text(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        List<String> texts() {
            return Arrays.stream(type.getEnumConstants()).map(Choice::text).toList();
        }

        @Override
        public E read(ConfigNode at) {
            String text = at.text();
            return find(text).orElseThrow(() -> at.error(unknown(at.shown(), text)));
        }

        /** The constant of a text, or {@link IllegalArgumentException} if there is none. */
        E of(String text) {
            return find(text).orElseThrow(() -> new IllegalArgumentException(unknown("\"" + text + "\"", text)));
        }

        private Optional<E> find(String text) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> text(constant).equals(text))
                    .findFirst();
        }

        private String unknown(String shown, String text) {
            return DidYouMean.unknown(what + " " + shown, text, texts());
        }
    }

    /**
     * Values that a function reads and checks.
     *
     * @param name what the reference calls them, such as {@code array of names}
     */
    record Form<T>(String name, Function<ConfigNode, T> reader) implements Values<T> {

        static final Form<String> TEXT = new Form<>("text", ConfigNode::text);
        static final Form<Boolean> BOOLEAN = new Form<>("boolean", ConfigNode::yes);
        static final Form<List<String>> NAMES = new Form<>("array of names", names -> names.list(ConfigNode::text));
        static final Form<Path> FOLDER = new Form<>("path", ConfigNode::existingFolder);
        static final Form<Path> FILE_OR_FOLDER = new Form<>("path", ConfigNode::existingPath);

        @Override
        public T read(ConfigNode at) {
            return reader.apply(at);
        }
    }
}

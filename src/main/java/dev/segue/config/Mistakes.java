package dev.segue.config;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The mistakes of a configuration: the first one is thrown, or all are collected. */
final class Mistakes {

    private final boolean areCollected;
    private final Set<String> collected = new LinkedHashSet<>();

    private Mistakes(boolean areCollected) {
        this.areCollected = areCollected;
    }

    /** The first mistake is thrown. */
    static Mistakes thrown() {
        return new Mistakes(false);
    }

    /** Reading continues after a mistake where that is possible. */
    static Mistakes collected() {
        return new Mistakes(true);
    }

    /** Adds a mistake. */
    void add(ConfigurationException mistake) {
        if (!areCollected) {
            throw mistake;
        }
        collected.add(mistake.getMessage());
    }

    /** Reads a part of the configuration; after a mistake that is collected, the other parts can still be read. */
    void in(Runnable reading) {
        var unused = orElse(
                () -> {
                    reading.run();
                    return true;
                },
                false);
    }

    /** Reads the values of an object's keys, so that more than the first wrong one is found; nothing if mistakes are thrown. */
    void inValues(ConfigNode object, Collection<? extends Key<?>> keys) {
        if (areCollected) {
            keys.forEach(key -> in(() -> key.find(object)));
        }
    }

    /** The result of a reader, or the substitute after a mistake that is collected. */
    <V> V orElse(Supplier<V> reader, V substitute) {
        try {
            return reader.get();
        } catch (ConfigurationException mistake) {
            add(mistake);
        } catch (IllegalArgumentException mistake) {
            if (!areCollected) {
                throw mistake;
            }
            collected.add(String.valueOf(mistake.getMessage()));
        }
        return substitute;
    }

    int count() {
        return collected.size();
    }

    List<String> messages() {
        return List.copyOf(collected);
    }
}

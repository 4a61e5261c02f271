package dev.segue.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes unmodifiable copies that keep their order. {@link Map#copyOf} does not keep it. */
final class Ordered {

    private Ordered() {}

    static <V> Map<String, V> copyOf(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}

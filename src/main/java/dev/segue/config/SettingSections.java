package dev.segue.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The sections of the file that have scalar settings. */
final class SettingSections {

    /** The descriptions by name, in the order of the configuration reference. */
    static final Map<String, String> DESCRIPTIONS = descriptions();

    private SettingSections() {}

    private static Map<String, String> descriptions() {
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("server", "How the server listens and how long it waits.");
        sections.put("log", "How the event log is written.");
        sections.put("history", "How much of the listeners' plays is remembered.");
        sections.put("learn", "How a running server learns from its log.");
        sections.put("reload", "Which reloads are refused, and when the server reloads by itself.");
        sections.put("adapters", "Endpoints for clients of other services. All are off by default.");
        sections.put("admin", "Access to the paths that administer the server.");
        sections.put("tls", "The certificate of HTTPS. Without it, the server speaks HTTP.");
        sections.put("access_log", "The file with a line for each request.");
        return Collections.unmodifiableMap(sections);
    }

    /** The keys of a section, or of the top level for "", in the order of {@link Setting}. */
    static Set<String> keysOf(String section) {
        Set<String> keys = new LinkedHashSet<>();
        for (Setting setting : Setting.values()) {
            if (setting.section().equals(section)) {
                keys.add(setting.keyInSection());
            }
        }
        return keys;
    }
}

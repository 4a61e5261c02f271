package dev.segue.adapter;

import dev.segue.config.ConfigurationException;
import dev.segue.id.ListenerId;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** The listeners of configured tokens. The time of a comparison does not depend on the token. */
public final class Secrets {

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(byte[] hash, ListenerId listener) {}

    private final List<Entry> entries = new ArrayList<>();

    /**
     * Reads the listeners' ids.
     *
     * @param setting the key of the setting, for messages
     * @param tokens tokens by listener id
     * @throws ConfigurationException if an id is not one
     */
    public Secrets(String setting, Map<String, String> tokens) {
        tokens.forEach(
                (listener, token) -> entries.add(new Entry(DigestUtils.sha256(token), listener(setting, listener))));
    }

    /** The listener of a configured name. */
    static ListenerId listener(String setting, String name) {
        try {
            return ListenerId.parse(name);
        } catch (IllegalArgumentException notAnId) {
            throw new ConfigurationException(setting + ": " + notAnId.getMessage());
        }
    }

    /** The listener with a token; null if there is none. */
    public @Nullable ListenerId listener(String token) {
        byte[] hash = DigestUtils.sha256(token);
        ListenerId listener = null;
        for (Entry entry : entries) {
            listener = MessageDigest.isEqual(entry.hash, hash) ? entry.listener : listener;
        }
        return listener;
    }
}

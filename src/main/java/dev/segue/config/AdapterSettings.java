package dev.segue.config;

import static dev.segue.config.Setting.ADAPTERS_AUDIOMUSE;
import static dev.segue.config.Setting.ADAPTERS_LISTENBRAINZ_TOKENS;
import static dev.segue.config.Setting.ADAPTERS_OPENSUBSONIC_USERS;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The endpoints for clients of other services. {@link Setting} describes each setting.
 *
 * @param listenbrainzTokens tokens by listener id; empty if the endpoints of ListenBrainz are off
 * @param opensubsonicUsers passwords by user name; empty if the endpoints of OpenSubsonic are off
 */
public record AdapterSettings(
        Map<String, String> listenbrainzTokens, Map<String, String> opensubsonicUsers, boolean audiomuse) {

    static final int MAX_LISTENER_LENGTH = 128;

    public AdapterSettings {
        listenbrainzTokens = Ordered.copyOf(listenbrainzTokens);
        opensubsonicUsers = Ordered.copyOf(opensubsonicUsers);
        checkListeners(ADAPTERS_LISTENBRAINZ_TOKENS, listenbrainzTokens);
        checkListeners(ADAPTERS_OPENSUBSONIC_USERS, opensubsonicUsers);
        Set<String> tokens = new HashSet<>();
        listenbrainzTokens.forEach((listener, token) -> {
            if (!tokens.add(token)) {
                throw new ConfigurationException(ADAPTERS_LISTENBRAINZ_TOKENS.key() + "." + listener
                        + ": has the token of another listener; choose another token");
            }
        });
    }

    private static void checkListeners(Setting setting, Map<String, String> secrets) {
        secrets.keySet().forEach(listener -> {
            int length = listener.codePointCount(0, listener.length());
            if (length == 0 || length > MAX_LISTENER_LENGTH) {
                throw new ConfigurationException(setting.key() + ": a listener's id has 1 to " + MAX_LISTENER_LENGTH
                        + " characters, not " + length);
            }
        });
    }

    static AdapterSettings read(LayeredSettings given) {
        return new AdapterSettings(
                given.secrets(ADAPTERS_LISTENBRAINZ_TOKENS),
                given.secrets(ADAPTERS_OPENSUBSONIC_USERS),
                given.bool(ADAPTERS_AUDIOMUSE));
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "AdapterSettings[listenbrainz=" + listenbrainzTokens.keySet() + ", opensubsonic="
                + opensubsonicUsers.keySet() + ", audiomuse=" + audiomuse + "]";
    }
}

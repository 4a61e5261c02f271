package dev.segue.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segue.id.ListenerId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates the users of Subsonic clients: by {@code u}, {@code t} and {@code s}, or by {@code u} and {@code p}. The time of a
 * comparison does not depend on the password.
 *
 * @see <a href="https://opensubsonic.netlify.app/docs/api-reference/">OpenSubsonic API reference</a>
 */
public final class SubsonicUsers {

    private record User(ListenerId listener, String password) {}

    private final Map<String, User> users = new LinkedHashMap<>();

    /**
     * Reads the users.
     *
     * @param setting the key of the setting, for messages
     * @param passwords by the users' names, which are ids of listeners
     * @throws dev.segue.config.ConfigurationException if a name is not an id
     */
    public SubsonicUsers(String setting, Map<String, String> passwords) {
        passwords.forEach((name, password) -> users.put(name, new User(Secrets.listener(setting, name), password)));
    }

    /**
     * The listener of a request.
     *
     * @throws SubsonicException if a parameter of all requests is missing, or the credentials are wrong
     */
    public ListenerId authenticate(SubsonicParameters parameters) {
        requireMechanism(parameters);
        String name = parameters.require("u");
        boolean byToken = parameters.has("t") || parameters.has("s");
        String given = byToken ? parameters.require("t") : parameters.require("p");
        String salt = byToken ? parameters.require("s") : "";
        parameters.require("v");
        parameters.require("c");
        User user = users.get(name);
        String password = user == null ? "" : user.password();
        String expected = byToken ? md5(password + salt) : password;
        String compared = byToken ? given.toLowerCase(Locale.ROOT) : clear(given);
        boolean isEqual = MessageDigest.isEqual(expected.getBytes(UTF_8), compared.getBytes(UTF_8));
        if (user == null || !isEqual) {
            throw SubsonicException.wrongCredentials();
        }
        return user.listener();
    }

    private static void requireMechanism(SubsonicParameters parameters) {
        boolean hasToken = parameters.has("t") || parameters.has("s");
        boolean hasPassword = parameters.has("p");
        if (parameters.has("apiKey")) {
            throw parameters.has("u") || hasToken || hasPassword
                    ? SubsonicException.conflictingAuthentication()
                    : SubsonicException.unsupportedAuthentication();
        }
        if (hasToken && hasPassword) {
            throw SubsonicException.conflictingAuthentication();
        }
    }

    /** A password in clear text, or {@code enc:} and its UTF-8 bytes in hexadecimal digits. */
    private static String clear(String password) {
        @Nullable String hex = password.startsWith("enc:") ? password.substring(4) : null;
        try {
            return hex == null ? password : new String(HexFormat.of().parseHex(hex), UTF_8);
        } catch (IllegalArgumentException notHex) {
            return password;
        }
    }

    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}

package dev.segue.config;

import static dev.segue.config.Setting.ADMIN_TOKEN;
import static dev.segue.config.Setting.ADMIN_TOKEN_FILE;

import java.util.Optional;

/**
 * Access to the paths that administer the server. {@link Setting} describes each setting.
 *
 * @param token absent if requests need none
 */
public record AdminSettings(Optional<String> token) {

    public AdminSettings {
        if (token.isPresent() && !Token.isValid(token.get())) {
            throw new IllegalArgumentException(ADMIN_TOKEN.key() + ": " + Token.RULE);
        }
    }

    static AdminSettings read(LayeredSettings given) {
        return new AdminSettings(given.token(ADMIN_TOKEN, ADMIN_TOKEN_FILE));
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "AdminSettings[token=" + (token.isPresent() ? "…" : "none") + "]";
    }
}

package dev.segue.config;

import static dev.segue.config.Setting.ADMIN_HOST;
import static dev.segue.config.Setting.ADMIN_PORT;
import static dev.segue.config.Setting.ADMIN_TOKEN;
import static dev.segue.config.Setting.ADMIN_TOKEN_FILE;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Access to the paths that administer the server. {@link Setting} describes each setting.
 *
 * @param token absent if requests need none
 * @param port absent if the paths are on the server's main port
 * @param host absent for the server's
 */
public record AdminSettings(Optional<String> token, OptionalInt port, Optional<String> host) {

    public AdminSettings {
        if (token.isPresent() && !Token.isValid(token.get())) {
            throw new IllegalArgumentException(ADMIN_TOKEN.key() + ": " + Token.RULE);
        }
        port.ifPresent(ADMIN_PORT::check);
        if (host.isPresent() && port.isEmpty()) {
            throw new IllegalArgumentException(
                    ADMIN_HOST.key() + ": has no effect without " + ADMIN_PORT.key() + "; set both or leave it out");
        }
    }

    static AdminSettings read(LayeredSettings given) {
        return new AdminSettings(
                given.token(ADMIN_TOKEN, ADMIN_TOKEN_FILE),
                given.optionalInteger(ADMIN_PORT),
                given.optionalText(ADMIN_HOST));
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "AdminSettings[token=" + (token.isPresent() ? "…" : "none") + ", port=" + port + ", host=" + host + "]";
    }
}

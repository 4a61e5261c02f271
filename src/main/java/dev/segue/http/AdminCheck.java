package dev.segue.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.segue.config.AdminSettings;
import java.security.MessageDigest;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests to the paths that administer the server, unless they have the token. Without a token in the configuration, these paths
 * are open if they are served on the loopback interface alone, and off otherwise.
 */
final class AdminCheck implements AccessHandler.Check {

    private static final String SCHEME = "Bearer ";

    private final byte @Nullable [] token;
    private final boolean isLocal;

    /** @param isLocal whether these paths are served on the loopback interface alone */
    AdminCheck(AdminSettings settings, boolean isLocal) {
        token = settings.token().map(text -> text.getBytes(ISO_8859_1)).orElse(null);
        this.isLocal = isLocal;
    }

    @Override
    public @Nullable Problem problem(Request request) {
        if (!Paths.isAdmin(Paths.of(request))) {
            return null;
        }
        if (token == null) {
            return isLocal ? null : Problem.adminIsOff();
        }
        String given = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        return isToken(given, token) ? null : Problem.noAdminToken();
    }

    /** Takes a time that does not depend on the token. */
    private static boolean isToken(@Nullable String given, byte[] token) {
        return given != null
                && given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        given.substring(SCHEME.length()).strip().getBytes(ISO_8859_1), token);
    }
}

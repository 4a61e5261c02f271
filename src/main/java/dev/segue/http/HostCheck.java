package dev.segue.http;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests by a name that is not the server's. A page whose name is made to resolve to the server's address (DNS rebinding)
 * could otherwise read its responses, because for the browser they are of the page's own origin. Such a page has a name, so that
 * requests by address are accepted.
 */
final class HostCheck implements AccessHandler.Check {

    private final Set<String> names;
    private final Set<Connector> open;

    /**
     * @param names that are accepted, in lower case; empty for the defaults
     * @param ownHost the address or the name that the server listens on
     * @param others the ports that accept other names too, unless there are names
     */
    HostCheck(Optional<Set<String>> names, String ownHost, Set<Connector> others) {
        Set<String> accepted = new HashSet<>(names.orElse(Set.of()));
        accepted.add("localhost");
        accepted.add(ownHost.toLowerCase(Locale.ROOT));
        this.names = Set.copyOf(accepted);
        open = names.isPresent() ? Set.of() : Set.copyOf(others);
    }

    @Override
    public @Nullable Problem problem(Request request) {
        String host = request.getHttpURI().getHost();
        return host == null || isAddress(host) || isName(host) || isOpen(request) ? null : Problem.otherHost(host);
    }

    /** Whether a host is an IP address. Browsers write IPv4 addresses of all forms with digits and dots alone. */
    private static boolean isAddress(String host) {
        if (host.startsWith("[")) {
            return true;
        }
        for (int i = 0; i < host.length(); i++) {
            char at = host.charAt(i);
            if (at != '.' && (at < '0' || at > '9')) {
                return false;
            }
        }
        return true;
    }

    private boolean isName(String host) {
        return names.contains(host.toLowerCase(Locale.ROOT));
    }

    private boolean isOpen(Request request) {
        return open.contains(request.getConnectionMetaData().getConnector());
    }
}

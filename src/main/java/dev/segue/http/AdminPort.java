package dev.segue.http;

import java.net.URI;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;

/**
 * A port of its own for administration, metrics and the dashboard, so that the main port can be public. Each port refuses the paths of
 * the other one.
 */
final class AdminPort implements AccessHandler.Check {

    /** The name of the main port's connector beside this port, and that of this port's; a port alone has none. */
    static final String MAIN = "main";

    static final String ADMIN = "admin";

    /** The folders that the main port does not serve then. */
    private static final List<String> MOVED = List.of("/admin", "/reload", "/metrics", "/traffic");

    /** The paths that it does not serve either. Other pages use the other files of the dashboard. */
    private static final Set<String> MOVED_PAGE =
            Set.of("/dashboard", "/dashboard/", "/dashboard/index.html", "/dashboard/dashboard.js");

    /** The folders of this port, with what the dashboard requests. */
    private static final List<String> SERVED = List.of(
            "/admin",
            "/reload",
            "/metrics",
            "/traffic",
            "/dashboard",
            "/docs",
            "/experiments",
            "/health",
            "/server",
            "/track",
            "/tracks",
            "/openapi.json",
            "/config.schema.json");

    /** The dashboard explains its responses, by dry runs. */
    private static final String EXPLAINED = "/next_track";

    private final SelectorConnector main;
    private final SelectorConnector connector;

    /**
     * @param main the main port
     * @param tls null for a port without TLS
     */
    AdminPort(Server server, SelectorConnector main, String host, int port, long idleTimeoutMillis, @Nullable Tls tls) {
        this.main = main;
        main.setName(MAIN);
        connector = FurtherPort.of(server, PortKind.ADMIN, host, port, idleTimeoutMillis, tls);
        connector.setName(ADMIN);
    }

    SelectorConnector connector() {
        return connector;
    }

    /** The address that it listens on. */
    URI uri() {
        return ListeningAddress.of(connector);
    }

    @Override
    public @Nullable Problem problem(Request request) {
        String path = Paths.of(request);
        Connector received = request.getConnectionMetaData().getConnector();
        if (received == connector) {
            boolean isServed = isWithinAny(path, SERVED) || (path.equals(EXPLAINED) && isGet(request));
            return isServed ? null : Problem.onlyAdministration();
        }
        boolean isMoved = received == main && (MOVED_PAGE.contains(path) || isWithinAny(path, MOVED));
        return isMoved ? Problem.movedToAdminPort() : null;
    }

    private static boolean isGet(Request request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private static boolean isWithinAny(String path, List<String> folders) {
        for (int i = 0; i < folders.size(); i++) {
            if (Paths.isWithin(path, folders.get(i))) {
                return true;
            }
        }
        return false;
    }
}

package dev.segue.http;

import dev.segue.config.Configuration;
import dev.segue.config.ServerSettings;
import dev.segue.event.EventLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/** Makes the handlers of a server. */
final class Handlers {

    private Handlers() {}

    /**
     * The handlers from the outermost to the servlets: other origins, graceful shutdown, refusals, limits of bodies, whole bodies
     * with the limit of requests in progress, access, durable responses.
     *
     * @param ports all ports of the server, the main one first
     * @param admin the port for administration; null if there is none
     */
    static Handler of(
            Configuration configuration,
            List<ServerConnector> ports,
            int maxConnections,
            @Nullable AdminPort admin,
            List<Endpoint> endpoints,
            EventLog log,
            BodySizes sizes,
            ServerMetrics metrics,
            ProblemErrorHandler problems) {
        ServerSettings settings = configuration.server();
        var durable = new DurableResponse.Keeper(
                servlets(endpoints, problems),
                log,
                metrics,
                configuration.accessLog().file().isPresent());
        var access = new AccessHandler(checks(configuration, ports, admin), metrics::refused, durable);
        var requests =
                RequestLimit.of(settings, maxConnections, configuration.tls().isOn(), ports.get(0));
        var limited = new BodyLimits(
                new WholeBodies(access, requests, sizes, metrics::refused),
                sizes,
                Duration.ofSeconds(settings.idleTimeoutSeconds()));
        var all = new GracefulShutdownHandler(new Refusals(limited));
        return settings.allowOrigin()
                .map(origins -> (Handler) new OtherOrigins(origins, all))
                .orElse(all);
    }

    private static List<AccessHandler.Check> checks(
            Configuration configuration, List<ServerConnector> ports, @Nullable AdminPort admin) {
        Set<Connector> beyondLoopback = ports.stream()
                .filter(port -> !Loopback.isAddress(port.getHost()))
                .collect(Collectors.toSet());
        List<AccessHandler.Check> checks = new ArrayList<>();
        checks.add(new HostCheck(
                configuration.access().hosts(), configuration.server().host(), beyondLoopback));
        if (admin != null) {
            checks.add(admin);
        }
        checks.add(new OtherSiteCheck(configuration.server().allowOrigin()));
        checks.add(new AdminCheck(configuration.admin(), Loopback.isAddress(configuration.adminHost())));
        return checks;
    }

    private static Handler servlets(List<Endpoint> endpoints, ProblemErrorHandler problems) {
        var context = new ServletContextHandler() {
            @Override
            public InvocationType getInvocationType() {
                return InvocationType.NON_BLOCKING; // the endpoints only touch memory
            }
        };
        context.setErrorHandler(problems);
        context.addServlet(new ServletHolder(new NotFoundServlet()), "/");
        endpoints.stream().collect(Collectors.groupingBy(Endpoint::mapping)).forEach((mapping, branches) -> {
            var holder = new ServletHolder(branches.size() == 1 ? branches.get(0) : new SuffixRouter(branches));
            holder.setAsyncSupported(true);
            context.addServlet(holder, mapping);
        });
        return context;
    }
}

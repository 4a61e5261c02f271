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

/** Makes the handlers of a server. */
final class Handlers {

    private Handlers() {}

    /**
     * The handlers from the outermost to the servlets: other origins, graceful shutdown, refusals, limits of bodies, whole bodies
     * with the limit of requests in progress, access, durable responses.
     *
     * @param ports the ports of the server
     */
    static Handler of(
            Configuration configuration, Ports ports, List<Endpoint> endpoints, EventLog log, ServerMetrics metrics) {
        ServerSettings settings = configuration.server();
        BodySizes sizes = ports.sizes();
        var durable = new DurableResponse.Keeper(
                servlets(endpoints, ports.problems()),
                log,
                metrics,
                configuration.accessLog().file().isPresent());
        var access = new AccessHandler(checks(configuration, ports), metrics::refused, durable);
        boolean hasHttp2 = configuration.tls().isOn() || settings.h2c();
        var requests = new RequestLimit(
                ports.main(), ports.maxRequests(), hasHttp2 || ports.maxConnections() > ports.maxRequests());
        var limited = new BodyLimits(
                new WholeBodies(access, requests, sizes, metrics::refused),
                sizes,
                Duration.ofSeconds(settings.idleTimeoutSeconds()));
        var all = new GracefulShutdownHandler(metrics::refused, new Refusals(limited));
        return settings.allowOrigin()
                .map(origins -> (Handler) new OtherOrigins(origins, metrics::respondedBeforeEndpoint, all))
                .orElse(all);
    }

    private static List<AccessHandler.Check> checks(Configuration configuration, Ports ports) {
        Set<Connector> beyondLoopback = ports.all().stream()
                .filter(port -> !Loopback.isAddress(port.getHost()))
                .collect(Collectors.toSet());
        List<AccessHandler.Check> checks = new ArrayList<>();
        checks.add(new HostCheck(
                configuration.access().hosts(), configuration.server().host(), beyondLoopback));
        if (ports.admin() != null) {
            checks.add(ports.admin());
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

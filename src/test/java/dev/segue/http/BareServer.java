package dev.segue.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The baseline of scripts/bench-http: a servlet that reads its request and returns a constant, in Jetty with the settings of
 * {@link SegueServer}.
 *
 * <p>Arguments: the port, and {@code blocking} or {@code non-blocking}.
 */
final class BareServer {

    private static final int MAX_THREADS = 64;
    private static final int MAX_BODY_BYTES = 16_384;
    private static final byte[] RESPONSE = "{\"user\":9637,\"track\":36466}".getBytes(US_ASCII);

    private BareServer() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 2 || !arguments[1].matches("(non-)?blocking")) {
            System.err.println("usage: BareServer PORT blocking|non-blocking");
            System.exit(2);
        }
        var jetty = new Server(new QueuedThreadPool(MAX_THREADS));
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setHeaderCacheSize(BoundedHttp.NO_HEADER_CACHE);
        http.setOutputBufferSize(BoundedHttp.RESPONSE_BUFFER_BYTES);
        var connector = new ServerConnector(jetty, null, null, null, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(arguments[0]));
        jetty.addConnector(connector);
        jetty.setHandler(arguments[1].equals("blocking") ? blocking() : nonBlocking());
        jetty.start();
        jetty.join();
    }

    private static Handler blocking() {
        return withServlet(new ServletContextHandler());
    }

    private static Handler nonBlocking() {
        var context = new ServletContextHandler() {
            @Override
            public InvocationType getInvocationType() {
                return InvocationType.NON_BLOCKING;
            }
        };
        return new WholeBodies(withServlet(context), RequestLimit.none(), new BodySizes(MAX_BODY_BYTES), status -> {});
    }

    private static Handler withServlet(ServletContextHandler context) {
        context.addServlet(new ServletHolder(new Constant()), "/next/*");
        return context;
    }

    private static final class Constant extends HttpServlet {
        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            request.getInputStream().readAllBytes();
            response.setContentType("application/json");
            response.getOutputStream().write(RESPONSE); // with an explicit Content-Length, Jetty would block here
        }
    }
}

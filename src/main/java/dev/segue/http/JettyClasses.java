package dev.segue.http;

import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty's classes, which take a large part of a start. */
final class JettyClasses {

    /**
     * Jetty pads its queues by cache lines. It would get the number of references in one from the platform's MBean server,
     * which loads hundreds of classes.
     */
    private static final String REFERENCES_PER_CACHE_LINE = "org.eclipse.jetty.util.referencesPerCacheLine";

    private JettyClasses() {}

    /** Sets the properties that Jetty reads once; to be called before Jetty is used. */
    static void configure() {
        if (System.getProperty(REFERENCES_PER_CACHE_LINE) == null) {
            System.setProperty(REFERENCES_PER_CACHE_LINE, "16"); // 64 bytes, compressed references
        }
    }

    /** Loads classes that a start needs. */
    static void load() {
        configure();
        new ServletContextHandler().addServlet(new ServletHolder(), "/");
        var unused = new ServerConnector(new Server(), new BoundedHttp(1));
    }
}

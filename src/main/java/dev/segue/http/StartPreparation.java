package dev.segue.http;

import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.LoggerFactory;

/** Loads the classes that a start needs, Logback's first, in the background, while the configuration is read. */
public final class StartPreparation {

    /**
     * Jetty pads its queues by cache lines. It would get the number of references in one from the platform's MBean server,
     * which loads hundreds of classes.
     */
    private static final String REFERENCES_PER_CACHE_LINE = "org.eclipse.jetty.util.referencesPerCacheLine";

    /** SLF4J warns when threads log while it is initialised by another one. It loses no message, so there is nothing to warn of. */
    private static final String SLF4J_VERBOSITY = "slf4j.internal.verbosity";

    private StartPreparation() {}

    /** Begins on a thread of its own. */
    public static void begin() {
        if (System.getProperty(SLF4J_VERBOSITY) == null) {
            System.setProperty(SLF4J_VERBOSITY, "ERROR");
        }
        DaemonThread.of(StartPreparation::prepare, "segue-prepare").start();
    }

    private static void prepare() {
        configureJetty();
        LoggerFactory.getLogger(StartPreparation.class).debug("preparing");
        new ServletContextHandler().addServlet(new ServletHolder(), "/");
        var unused = new ServerConnector(new Server(), new BoundedHttp(1));
    }

    /** Must be called before a queue of Jetty is made. */
    static void configureJetty() {
        if (System.getProperty(REFERENCES_PER_CACHE_LINE) == null) {
            System.setProperty(REFERENCES_PER_CACHE_LINE, "16"); // 64 bytes, compressed references
        }
    }
}

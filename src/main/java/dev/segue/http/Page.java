package dev.segue.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Connector;

/**
 * A page of the jar at {@code /NAME}, and the files that it loads at {@code /NAME/FILE}. Links of the page are relative, so that a proxy
 * may serve it under a path prefix. By its policy, browsers load nothing from other servers, run no script that is not a file of the
 * server, and show the page in no frame of another page.
 */
final class Page {

    private static final String INDEX = "index.html";

    /** In the attribute {@code data-ports} of an element: the server has one port alone. */
    private static final String ONLY_PORT = "only";

    /**
     * The ports whose page has a line: {@value #ONLY_PORT}, {@value AdminPort#MAIN}, {@value AdminPort#ADMIN}, or several; a line without it
     * is on all.
     */
    private static final Pattern PORTS = Pattern.compile("data-ports=\"([a-z ]+)\"");

    /** Ending of a file's name → its media type. */
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private static final String POLICY = policy("'self'", "'self'");

    /** The headers of all files besides the policy. */
    private static final Map<String, String> HEADERS = Map.of(
            "Cache-Control", "no-cache",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin");

    private final String name;
    private final String policy;
    private final UnaryOperator<Endpoint.Action> threads;
    private final Map<String, Supplier<byte[]>> files = new HashMap<>();

    private Page(String name, String policy, UnaryOperator<Endpoint.Action> threads) {
        this.name = name;
        this.policy = policy;
        this.threads = threads;
    }

    /**
     * A page whose files are in memory.
     *
     * @param name the name of the page's folder, which is relative to this package
     * @param own the names of the files in the folder besides {@code index.html}
     * @param others the paths of other files in the jar; they are served by their last part
     */
    static Page inMemory(String name, List<String> own, List<String> others) {
        return new Page(name, POLICY, action -> action).with(own, others, path -> {
            byte[] content = JarFile.read(path);
            return () -> content;
        });
    }

    /**
     * A page whose files are read from the jar for each request, on a background thread; the other parameters are those of {@link #inMemory}.
     *
     * @param policy its Content-Security-Policy
     */
    static Page onDemand(
            String name, List<String> own, List<String> others, String policy, BackgroundExecutor background) {
        return new Page(name, policy, background::later).with(own, others, path -> () -> JarFile.read(path));
    }

    /**
     * A Content-Security-Policy: the page loads its own server's scripts alone.
     *
     * @param styles the sources of styles
     * @param images the sources of images
     */
    static String policy(String styles, String images) {
        return "default-src 'none'; script-src 'self'; style-src " + styles + "; img-src " + images
                + "; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    private Page with(List<String> own, List<String> others, Function<String, Supplier<byte[]>> reader) {
        files.put(INDEX, reader.apply(name + "/" + INDEX));
        own.forEach(file -> files.put(file, reader.apply(name + "/" + file)));
        others.forEach(path -> files.put(path.substring(path.lastIndexOf('/') + 1), reader.apply(path)));
        return this;
    }

    List<Endpoint> endpoints() {
        return List.of(new Index(), new File());
    }

    /** Sends the page itself. */
    void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Connector port =
                DurableResponse.of(request).getRequest().getConnectionMetaData().getConnector();
        String name = Objects.requireNonNullElse(port.getName(), ONLY_PORT);
        send(response, INDEX, linesFor(name, content(INDEX)));
    }

    /** Leaves out lines for other ports, such as links to pages that this port does not serve. */
    private static byte[] linesFor(String port, byte[] page) {
        return new String(page, UTF_8)
                .lines()
                .filter(line -> isFor(port, line))
                .map(line -> line + "\n")
                .collect(Collectors.joining())
                .getBytes(UTF_8);
    }

    private static boolean isFor(String port, String line) {
        Matcher ports = PORTS.matcher(line);
        return !ports.find() || List.of(ports.group(1).split(" ")).contains(port);
    }

    private byte[] content(String file) {
        return Objects.requireNonNull(files.get(file), file).get();
    }

    private void send(HttpServletResponse response, String file, byte[] content) throws IOException {
        response.setHeader("Content-Security-Policy", policy);
        HEADERS.forEach(response::setHeader);
        String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
        Endpoint.writeAsTyped(response, Objects.requireNonNull(type, file), content);
    }

    private final class Index extends Endpoint {
        Index() {
            super("/" + name);
            onSafeGet(threads.apply(Page.this::send));
        }
    }

    private final class File extends Endpoint {
        File() {
            super("/" + name + "/{file}");
            onSafeGet(threads.apply(this::run));
        }

        private void run(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String file = "/".equals(request.getPathInfo()) ? INDEX : variable(request);
            if (file.equals(INDEX)) {
                response.setStatus(HttpServletResponse.SC_FOUND);
                response.setHeader("Location", "../" + name); // the page's links are relative to this path
            } else if (files.containsKey(file)) {
                send(response, file, content(file));
            } else {
                throw Problem.notFound(request.getRequestURI()).asException();
            }
        }
    }
}

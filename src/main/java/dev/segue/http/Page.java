package dev.segue.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A page of the jar at {@code /NAME}, and the files that it loads at {@code /NAME/FILE}. Links of the page are relative, so that a proxy
 * may serve it under a path prefix. Browsers load nothing from other servers, and run no script that is not a file of the server.
 */
final class Page {

    private static final String INDEX = "index.html";

    /** Ending of a file's name → its media type. */
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final String name;
    private final Map<String, byte[]> files = new HashMap<>();

    /**
     * @param name the name of the page's folder, which is relative to this package
     * @param own the names of the files in the folder besides {@code index.html}
     * @param others the paths of other files in the jar; they are served by their last part
     */
    Page(String name, List<String> own, List<String> others) {
        this.name = name;
        files.put(INDEX, JarFile.read(name + "/" + INDEX));
        own.forEach(file -> files.put(file, JarFile.read(name + "/" + file)));
        others.forEach(path -> files.put(path.substring(path.lastIndexOf('/') + 1), JarFile.read(path)));
    }

    List<Endpoint> endpoints() {
        return List.of(new Index(), new File());
    }

    /** Sends the page itself. */
    void send(HttpServletResponse response) throws IOException {
        send(response, INDEX);
    }

    private void send(HttpServletResponse response, String file) throws IOException {
        response.setHeader("Content-Security-Policy", "default-src 'self'");
        response.setHeader("Cache-Control", "no-cache");
        String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
        Endpoint.write(response, Objects.requireNonNull(type, file), Objects.requireNonNull(files.get(file), file));
    }

    private final class Index extends Endpoint {
        Index() {
            super("/" + name);
            onSafeGet((request, response) -> send(response));
        }
    }

    private final class File extends Endpoint {
        File() {
            super("/" + name + "/{file}");
            onSafeGet(this::run);
        }

        private void run(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String file = "/".equals(request.getPathInfo()) ? INDEX : variable(request);
            if (file.equals(INDEX)) {
                response.setStatus(HttpServletResponse.SC_FOUND);
                response.setHeader("Location", "../" + name); // the page's links are relative to this path
            } else if (files.containsKey(file)) {
                send(response, file);
            } else {
                throw Problem.notFound(request.getRequestURI()).asException();
            }
        }
    }
}

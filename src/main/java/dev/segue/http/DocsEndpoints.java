package dev.segue.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The page that shows the API's description, {@code openapi.json}, with Swagger UI. Its files are read from the jar for each request, on a
 * background thread, because they are large and rarely needed.
 */
final class DocsEndpoints implements AutoCloseable {

    /** The folder of Swagger UI's webjar; the same version as in the POM. */
    private static final String SWAGGER = "/META-INF/resources/webjars/swagger-ui/5.34.0/";

    /** Swagger UI sets styles from its scripts, and has images in its style sheet. */
    private static final String POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    /**
     * A file of the page.
     *
     * @param resource its name in the jar
     */
    private record File(String resource, String type) {}

    /** File, relative to {@code /docs/} → its place. */
    private static final Map<String, File> FILES = Map.of(
            "docs.js", new File("docs/docs.js", "text/javascript; charset=utf-8"),
            "docs.css", new File("docs/docs.css", "text/css; charset=utf-8"),
            "swagger-ui-bundle.js", new File(SWAGGER + "swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
            "swagger-ui.css", new File(SWAGGER + "swagger-ui.css", "text/css; charset=utf-8"));

    private static final File PAGE = new File("docs/index.html", "text/html; charset=utf-8");

    private final BackgroundExecutor background = new BackgroundExecutor("segue-docs");

    List<Endpoint> all() {
        return List.of(new Page("/docs"), new Page("/docs/{file}"));
    }

    private final class Page extends Endpoint {

        Page(String path) {
            super(path);
            onSafeGet(background.later((request, response) -> {
                if ("/".equals(request.getPathInfo())) {
                    response.setStatus(HttpServletResponse.SC_FOUND);
                    response.setHeader("Location", "../docs"); // the page's links are relative to this path
                    return;
                }
                File file = path.contains("{") ? FILES.get(variable(request)) : PAGE;
                if (file == null) {
                    throw Problem.notFound(request.getRequestURI()).asException();
                }
                send(response, file);
            }));
        }

        private static void send(HttpServletResponse response, File file) throws IOException {
            response.setHeader("Content-Security-Policy", POLICY);
            response.setHeader("Cache-Control", "no-cache");
            write(response, file.type(), JarFile.read(file.resource()));
        }
    }

    @Override
    public void close() {
        background.close();
    }
}

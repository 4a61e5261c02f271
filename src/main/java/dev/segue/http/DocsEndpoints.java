package dev.segue.http;

import java.util.List;

/** The page that shows the API's description, {@code openapi.json}, with Swagger UI. Its files are large and rarely needed. */
final class DocsEndpoints implements AutoCloseable {

    /** The folder of Swagger UI's webjar; the same version as in the POM. */
    private static final String SWAGGER = "/META-INF/resources/webjars/swagger-ui/5.34.0/";

    /** Swagger UI sets styles from its scripts, and has images in its style sheet. */
    private static final String POLICY = Page.policy("'self' 'unsafe-inline'", "'self' data:");

    private final BackgroundExecutor background = new BackgroundExecutor("segue-docs");

    List<Endpoint> all() {
        return Page.onDemand(
                        "docs",
                        List.of("docs.js", "docs.css"),
                        List.of(SWAGGER + "swagger-ui-bundle.js", SWAGGER + "swagger-ui.css"),
                        POLICY,
                        background)
                .endpoints();
    }

    @Override
    public void close() {
        background.close();
    }
}

package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocsPageTest {

    @TempDir
    Path folder;

    @Test
    void thePageAndAllItsFilesAreServed() throws Exception {
        try (TestServer server = TestServer.in(folder).start()) {
            HttpResponse<String> page = server.get("/docs");
            assertEquals(200, page.statusCode());
            assertTrue(page.headers()
                    .firstValue("Content-Security-Policy")
                    .orElseThrow()
                    .startsWith("default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "));
            var links = Pattern.compile("(?:href|src)=\"([^\"]+)\"").matcher(page.body());
            int files = 0;
            while (links.find()) {
                HttpResponse<String> file = server.get("/" + links.group(1));
                assertEquals(200, file.statusCode(), links.group(1));
                files++;
            }
            assertEquals(5, files);
            assertTrue(server.get("/docs/swagger-ui-bundle.js").body().length() > 500_000);
            assertTrue(server.get("/docs/docs.js").body().contains("url: \"openapi.json\""));
            assertEquals(404, server.get("/docs/other.js").statusCode());
            assertEquals(302, server.get("/docs/").statusCode());
        }
    }
}

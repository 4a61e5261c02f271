package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tests the files of the pages for browsers, and the start page. */
class PageTest {

    private static final String BROWSER =
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

    /** Links, imports and requests in the pages' files. */
    private static final Pattern LINK = Pattern.compile(
            "(?:href=|src=|fetch\\(|getJson\\(|postJson\\(|postLines\\(|url\\(|from |import )[\"'`(]+([^\"'`)#]+)");

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.in(folder).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> get(String path, String accept) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve(path))
                .header("Accept", accept)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                BROWSER + "|true",
                "text/html|true",
                "TEXT/HTML;q=0.5, application/json;q=0.4|true",
                "text/*, application/json;q=0.9|true",
                "*/*|false",
                "application/json|false",
                "application/json, text/plain, */*|false",
                "text/html;q=0.5, application/json|false",
                "text/html, application/json|false",
                "text/html;q=0|false",
                "text/html;q=x, */*;q=0.1|false",
                ",;,|false"
            })
    void startPageIsForClientsThatPreferHtml(String accept, boolean html) throws Exception {
        HttpResponse<String> response = get("/", accept);
        assertEquals(200, response.statusCode());
        assertEquals(html ? "text/html;charset=utf-8" : "application/json", header(response, "Content-Type"));
        assertEquals(html, response.body().startsWith("<!doctype html>"));
    }

    /** Botify's simulators wait for the greeting. */
    @Test
    void otherClientsGetTheGreeting() throws Exception {
        String greeting = server.get("/").body();
        assertEquals(greeting, get("/", "application/json").body());
        JsonNode members = server.getJson("/");
        assertEquals(2, members.size());
        assertEquals("alive", members.get("status").asString());
        assertEquals(
                "welcome to segue: what should this listener hear next?",
                members.get("message").asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dashboard", "docs", "listen"})
    void otherPathsOfAPageAreRedirected(String page) throws Exception {
        for (String other : List.of("/" + page + "/", "/" + page + "/index.html")) {
            HttpResponse<String> response = server.get(other);
            assertEquals(302, response.statusCode());
            assertEquals("../" + page, header(response, "Location"));
        }
        for (String unknown : List.of("/" + page + "/nothing.js", "/" + page + "/../config.json")) {
            assertEquals(404, server.get(unknown).statusCode());
        }
    }

    /**
     * Follows the links of the pages. Absolute paths fail behind a proxy that serves Segue under a path prefix, and links to other
     * servers would need them.
     */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/dashboard", "/listen"})
    void pagesUseRelativeUrlsOfTheServerOnly(String page) throws Exception {
        var files = new ArrayList<>(List.of(page));
        for (int i = 0; i < files.size(); i++) {
            HttpResponse<String> response = get(files.get(i), BROWSER);
            assertEquals(200, response.statusCode(), files.get(i));
            if (!files.get(i).equals("/docs")) { // has a policy and files of its own
                assertRestricted(response);
                addLinks(files, files.get(i), response.body());
            }
        }
        assertTrue(files.size() >= 5, files::toString);
    }

    private static void assertRestricted(HttpResponse<String> response) {
        assertEquals(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none';"
                        + " form-action 'self'; frame-ancestors 'none'",
                header(response, "Content-Security-Policy"));
        assertEquals("nosniff", header(response, "X-Content-Type-Options"));
        assertEquals("DENY", header(response, "X-Frame-Options"));
        assertEquals("same-origin", header(response, "Referrer-Policy"));
        assertEquals("same-origin", header(response, "Cross-Origin-Opener-Policy"));
        assertEquals("same-origin", header(response, "Cross-Origin-Resource-Policy"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/server",
                "/metrics",
                "/openapi.json",
                "/nothing",
                "/next_track",
                "/admin/tracks",
                "/tracks?q=title"
            })
    void otherDocumentsForbidAnotherType(String path) throws Exception {
        assertEquals("nosniff", header(server.get(path), "X-Content-Type-Options"));
    }

    private static void addLinks(List<String> files, String file, String content) {
        boolean isScript = file.endsWith(".js");
        Matcher links = LINK.matcher(content);
        while (links.find()) {
            String link = links.group(1);
            assertFalse(link.startsWith("/") || link.contains(":"), link);
            String path = URI.create("http://server" + file)
                    .resolve(link.replaceAll("[$?].*", ""))
                    .getPath();
            boolean isFile = !isScript || link.endsWith(".js"); // scripts also have links to the API, with variables
            if (isFile && !files.contains(path)) {
                files.add(path);
            }
        }
    }
}

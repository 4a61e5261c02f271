package dev.segue.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Tests all pages in headless Chromium under a proxy's path prefix, with a catalog whose names and ids are HTML. */
@Tag("full")
class PagesBrowserTest {

    /** The name of artist and title. If a page parsed it, its title would change and an image would fail to load. */
    private static final String HOSTILE = "<img src=none onerror=document.title='scripted'>\\\"'`&lt;";

    @TempDir
    static Path folder;

    private static TestServer server;
    private static PrefixProxy proxy;
    private static TestBrowser browser;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.in(folder);
        for (String catalog : List.of("tracks.json", "tracks_nn.json")) {
            String names = Files.readString(folder.resolve(catalog))
                    .replaceAll("Even|Odd|Title", java.util.regex.Matcher.quoteReplacement(HOSTILE));
            String withId =
                    names.lines().findFirst().orElseThrow().replace("\"track\":0", "\"track\":\"" + HOSTILE + "\"");
            Files.writeString(folder.resolve(catalog), names + withId.replace(" 0\"", " hostile\"") + "\n");
        }
        server.start();
        for (int listener = 0; listener < 40; listener++) {
            server.post("/next/" + listener, "{\"track\":1,\"time\":1}");
            server.post("/last/" + listener, "{\"track\":2,\"time\":0." + listener % 10 + "}");
        }
        proxy = new PrefixProxy(server.uri());
        browser = TestBrowser.start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (proxy != null) {
            proxy.close();
        }
        server.close();
    }

    @AfterEach
    void pagesLogNoErrorsAndRunNoScripts() {
        assertEquals(List.of(), browser.errors());
        assertEquals(List.of(), browser.findAll("img"));
    }

    @Test
    void idsAreShownAsText() throws Exception {
        String id = "<img src=none onerror=document.title='scripted'>\"'`&lt;";
        assertEquals(
                200,
                server.get("/track/" + URLEncoder.encode(id, UTF_8).replace("+", "%20"))
                        .statusCode());
        open("dashboard");
        browser.find("#words").sendKeys("hostile", Keys.ENTER);
        browser.find("#found button").click();
        browser.await(page -> browser.text("#track").contains(id));
        open("listen");
        browser.find("#words").sendKeys("hostile", Keys.ENTER);
        browser.find("#found button").click();
        browser.await(
                page -> browser.findAll(".deck[aria-busy=false] .ranking li").size() > 2);
        assertNotEquals("scripted", browser.evaluate("return document.title"));
    }

    @Test
    void docsAreShown() {
        open("docs");
        browser.await(page -> browser.findAll(".opblock").size() > 10);
    }

    private static void open(String page) {
        browser.useDesktop();
        browser.open(proxy.uri().resolve(page));
    }

    @Test
    void sessionIsPlayed() {
        open("listen");
        browser.find("#words").sendKeys("img 2", Keys.ENTER);
        assertTrue(browser.text("#found .title").startsWith("<img src=none"));
        browser.find("#found button").click();
        browser.await(
                page -> browser.findAll(".deck[aria-busy=false] .ranking li").size() > 2);
        browser.press("s");
        browser.await(page -> browser.findAll(".timeline li:not(.hint)").size() == 1);
        assertTrue(browser.text(".now .artist").startsWith("<img src=none"));
        assertTrue(browser.text(".now .why").contains("<img src=none"));
    }

    @Test
    void dashboardIsLive() {
        open("dashboard");
        browser.find("#experiments .scroll table");
        browser.find("#overview dd");
        browser.await(page -> !browser.findAll("#rate").get(0).getText().isEmpty());
        assertEquals(
                "curl '" + proxy.uri() + "next_track?user=1'",
                browser.texts("#commands .command:first-child code").get(0));
        browser.find("#words").sendKeys("img 2", Keys.ENTER);
        browser.find("#found button").click();
        assertTrue(browser.text("#track h3").startsWith("<img src=none"));
    }

    @Test
    void startPageLeadsBackAndForth() {
        open("");
        browser.await(page -> browser.findAll("#facts").get(0).getText().contains("7 tracks"));
        browser.find("a[href=dashboard]").click();
        browser.find("#overview dd");
        browser.find(".brand a").click();
        browser.find("#facts");
        assertEquals(proxy.uri().toString(), browser.evaluate("return location.href"));
    }
}

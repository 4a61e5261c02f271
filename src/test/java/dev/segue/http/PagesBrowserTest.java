package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** Tests all pages in headless Chromium under a proxy's path prefix, with a catalog whose names are HTML. */
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
            String names = Files.readString(folder.resolve(catalog));
            Files.writeString(
                    folder.resolve(catalog),
                    names.replaceAll("Even|Odd|Title", java.util.regex.Matcher.quoteReplacement(HOSTILE)));
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
        browser.await(page -> browser.findAll("#facts").get(0).getText().contains("6 tracks"));
        browser.find("a[href=dashboard]").click();
        browser.find("#overview dd");
        browser.find(".brand a").click();
        browser.find("#facts");
        assertEquals(proxy.uri().toString(), browser.evaluate("return location.href"));
    }
}

package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.config.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Tests the page to listen with, and the start page, on the bundled data in headless Chromium. */
@Tag("full")
class ListenBrowserTest {

    private static final String SIDE_A = ".side-A ";
    private static final String SIDE_B = ".side-B ";

    @TempDir
    static Path folder;

    private static SegueServer server;
    private static TestBrowser browser;

    @BeforeAll
    static void start() {
        Map<String, String> settings = Map.of(
                "server.port", "0",
                "DATA_LOG_FILE", log().toString(),
                "STATE_FOLDER", folder.resolve("state").toString());
        server = SegueServer.start(Configuration.load(Path.of("config.json"), Map.of(), settings));
        browser = TestBrowser.start();
    }

    private static Path log() {
        return folder.resolve("log/data.json");
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        server.close();
    }

    @AfterEach
    void pageLogsNoErrorsAndNothingIsRecorded() throws Exception {
        assertEquals(List.of(), browser.errors());
        assertEquals("", Files.readString(log()));
    }

    private static void open(String page) {
        browser.open(server.uri().resolve(page));
    }

    /** Opens the page and begins a session by keys alone. */
    private static void beginByKeys() {
        open("/listen");
        browser.find("#suggested button");
        browser.tabTo("#words");
        browser.press("hedda marovey", Keys.ENTER);
        browser.find("#found button");
        browser.tabTo("#found button");
        browser.press(Keys.ENTER);
        awaitSides();
    }

    /** Waits until no request is in progress, and both previews are shown. */
    private static void awaitSides() {
        browser.await(page -> browser.findAll(".deck[aria-busy=false]").size() == 2
                && browser.findAll(".previews dd").size() == 6);
    }

    private static void react(CharSequence key, String side, int plays) {
        browser.press(key);
        browser.await(page -> browser.findAll(side + ".timeline li:not(.hint)").size() == plays);
        awaitSides();
    }

    private static List<String> ranked(String side) {
        return browser.texts(side + ".ranking .title");
    }

    private static String playing(String side) {
        return browser.text(side + ".now h3");
    }

    @Test
    void sessionIsPlayedByKeysAlone() throws Exception {
        browser.useDesktop();
        browser.useReducedMotion();
        beginByKeys();
        String first = playing(SIDE_A);
        assertEquals(first, playing(SIDE_B));
        List<String> before = ranked(SIDE_A);
        assertEquals(20, before.size());

        react(Keys.ARROW_RIGHT, SIDE_A, 1);
        List<String> afterPlay = ranked(SIDE_A);
        assertNotEquals(before, afterPlay);
        assertEquals(playing(SIDE_A), afterPlay.get(0), "the list begins with the choice");
        assertEquals(first, playing(SIDE_B), "the other side continues alone");
        react("l", SIDE_A, 2);
        String banned = playing(SIDE_A);
        react("b", SIDE_A, 3);
        assertFalse(ranked(SIDE_A).contains(banned));
        String artist = browser.text(SIDE_A + ".now .artist");
        react("a", SIDE_A, 4);
        assertFalse(browser.texts(SIDE_A + ".ranking .artist").contains(artist));

        browser.press("d");
        browser.press("3");
        react("s", SIDE_B, 1);
        assertEquals(List.of("» 30%"), browser.texts(SIDE_B + ".timeline .mark"));
        assertEquals(
                List.of("▶\uFE0E 100%", "♥\uFE0E 100%", "⊘ 10%", "⊘ 10%"), browser.texts(SIDE_A + ".timeline .mark"));
        browser.screenshot("listen");
        assertEquals(1280L, browser.scrollWidth());
        assertEquals(List.of(), browser.accessibilityProblems());
    }

    @Test
    void skipChangesWhatComesNext() {
        browser.useDesktop();
        browser.useReducedMotion();
        beginByKeys();
        List<String> previews = browser.texts(SIDE_B + ".previews dd");
        browser.press("d");
        react("s", SIDE_B, 1);
        assertTrue(previews.get(0).startsWith(playing(SIDE_B)), "the reaction leads to the track that was announced");
        List<String> afterSkip = ranked(SIDE_B);
        browser.press("n"); // the same first track again
        awaitFirst();
        react(Keys.ARROW_RIGHT, SIDE_B, 1);
        assertNotEquals(new HashSet<>(afterSkip), new HashSet<>(ranked(SIDE_B)));
    }

    private static void awaitFirst() {
        browser.await(page -> browser.findAll(".timeline li:not(.hint)").isEmpty());
        awaitSides();
    }

    @Test
    void rankedListsShowHowTheyMoved() {
        browser.useDesktop();
        beginByKeys();
        react(Keys.ARROW_RIGHT, SIDE_A, 1);
        List<String> before = ranked(SIDE_A);
        react("s", SIDE_A, 2);
        List<String> after = ranked(SIDE_A);
        List<String> marks = browser.texts(SIDE_A + ".ranking .moved .unseen");
        for (int rank = 0; rank < after.size(); rank++) {
            int moved = before.indexOf(after.get(rank)) - rank;
            String mark = marks.get(rank);
            if (!before.contains(after.get(rank))) {
                assertEquals("new in the list", mark);
            } else if (moved != 0) {
                assertEquals((moved > 0 ? "up by " : "down by ") + Math.abs(moved), mark);
            } else {
                assertEquals("same rank", mark);
            }
        }
    }

    @Test
    void keysCanBeSwitchedOff() {
        browser.useDesktop();
        beginByKeys();
        browser.tabTo(".keys summary");
        browser.press(Keys.ENTER);
        browser.tabTo("#shortcuts");
        browser.press(Keys.SPACE);
        browser.press(Keys.TAB);
        browser.press("s");
        browser.tabTo(SIDE_A + "button.skip");
        browser.press(Keys.ENTER);
        browser.await(page -> browser.findAll(".timeline li:not(.hint)").size() == 1);
    }

    @Test
    void newTracksAreAnnounced() {
        browser.useDesktop();
        beginByKeys();
        react("s", SIDE_A, 1);
        String announced = browser.texts("#live").get(0);
        assertTrue(announced.startsWith("Side A: " + playing(SIDE_A) + " by "), announced);
    }

    @Test
    void newListenersBeginAgainWithTheSameTrack() {
        browser.useDesktop();
        beginByKeys();
        String first = playing(SIDE_A);
        react("s", SIDE_A, 1);
        browser.press("n");
        awaitFirst();
        assertEquals(first, playing(SIDE_A));
        browser.press("c");
        browser.find("#picker");
        assertEquals("words", browser.focused().getAttribute("id"));
    }

    @Test
    void phonesShowOneSideInDarkModeToo() throws Exception {
        browser.useDesktop();
        browser.usePhone();
        browser.useDarkMode();
        beginByKeys();
        assertEquals(390L, browser.scrollWidth());
        react("s", SIDE_A, 1);
        browser.screenshot("listen-phone");
        assertEquals(List.of(), browser.accessibilityProblems());
        assertFalse(browser.findAll(SIDE_B + ".now").get(0).isDisplayed());
        browser.findAll("#sides button").get(1).click();
        assertTrue(browser.find(SIDE_B + ".now").isDisplayed());
        assertFalse(browser.findAll(SIDE_A + ".now").get(0).isDisplayed());
        assertEquals(390L, browser.scrollWidth());
        assertEquals(List.of(), browser.accessibilityProblems());
    }

    @Test
    void firstTracksAreSuggestedAndFound() throws Exception {
        browser.useDesktop();
        open("/listen");
        browser.find("#suggested button");
        assertEquals(12, browser.findAll("#suggested button").size());
        assertEquals(List.of(), browser.accessibilityProblems());
        browser.screenshot("picker");
        List<String> before = browser.texts("#suggested .title");
        browser.find("#others").click();
        browser.await(page -> !browser.texts("#suggested .title").equals(before));
        browser.find("#words").sendKeys("no such track anywhere", Keys.ENTER);
        browser.await(page -> browser.findAll("#picker-status").get(0).getText().startsWith("No track has"));
    }

    @Test
    void coversFollowFromTheIdAlone() {
        browser.useDesktop();
        open("/listen");
        browser.find("#suggested button");
        Object covers = browser.evaluate("return import('./listen/cover.js').then(({cover}) =>"
                + " [7, 7, '7', 8].map((id) => cover(id).outerHTML))");
        List<?> drawn = (List<?>) covers;
        assertEquals(drawn.get(0), drawn.get(1));
        assertEquals(3, new HashSet<>(drawn).size());
    }

    @Test
    void startPageLeadsToThePages() throws Exception {
        browser.useDesktop();
        open("/");
        browser.await(page -> browser.findAll("#facts").get(0).getText().contains("10,000 tracks"));
        browser.find("#covers svg");
        browser.screenshot("home");
        assertEquals(List.of(), browser.accessibilityProblems());
        browser.useDarkMode();
        browser.usePhone();
        assertEquals(390L, browser.scrollWidth());
        browser.screenshot("home-phone");
        assertEquals(List.of(), browser.accessibilityProblems());
        List<String> links = browser.findAll(".doors a").stream()
                .map(link -> link.getDomAttribute("href"))
                .toList();
        assertEquals(List.of("listen", "dashboard", "docs"), links);
        browser.find(".doors a").click();
        browser.find("#picker");
    }

    @Test
    void failedRequestsAreShown() {
        browser.useDesktop();
        beginByKeys();
        browser.evaluate("window.fetch = () => Promise.reject(new Error('no connection'))");
        browser.press("l");
        WebElement problem = browser.find(SIDE_A + ".problem");
        assertEquals("The request failed: no connection", problem.getText());
    }
}

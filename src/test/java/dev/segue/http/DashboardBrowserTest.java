package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import tools.jackson.databind.JsonNode;

/** Tests the dashboard on the port for administration in headless Chromium. */
@Tag("full")
class DashboardBrowserTest {

    @TempDir
    static Path folder;

    private static TestServer server;
    private static TestBrowser browser;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.in(folder).with("admin.port", "0");
        addManyTracks();
        addSecondTreatment();
        server.start();
        for (int day = 0; day < 4; day++) {
            for (int listener = 0; listener < 60; listener++) {
                server.post("/next/" + listener, "{\"track\":1,\"time\":1}");
                server.post("/last/" + listener, "{\"track\":2,\"time\":0." + (listener + day) % 10 + "}");
            }
            server.now.addAndGet(Duration.ofDays(1).toMillis());
        }
        browser = TestBrowser.start();
    }

    /** Adds more tracks of one artist than a search returns. */
    private static void addManyTracks() throws IOException {
        for (int track = 6; track < 30; track++) {
            String line = String.format(
                    Locale.ROOT,
                    "{\"track\":%d,\"artist\":\"Many\",\"title\":\"Song\",\"recommendations\":[]}%n",
                    track);
            for (String catalog : List.of("tracks.json", "tracks_nn.json")) {
                Files.writeString(folder.resolve(catalog), line, StandardOpenOption.APPEND);
            }
        }
    }

    private static void addSecondTreatment() throws IOException {
        Path config = folder.resolve("config.json");
        String arms = "\"T1\": \"random\"";
        Files.writeString(config, Files.readString(config).replace(arms, arms + ", \"T2\": \"top-pop\""));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        server.close();
    }

    @AfterEach
    void pageLogsNoErrors() {
        assertEquals(List.of(), browser.errors());
    }

    private static void open() {
        browser.useDesktop();
        reopen();
    }

    private static void reopen() {
        browser.open(server.server().adminUri().resolve("/dashboard"));
    }

    @Test
    void experimentsAreShownWithTheReportsFigures() throws Exception {
        open();
        String verdict = browser.text("#experiments .verdict");
        JsonNode report = server.getJson("/experiments/SERVING/report");
        assertEquals(report.at("/standing/0").asString(), verdict);
        assertEquals("For a single look: " + report.at("/verdicts/0").asString(), browser.text("#experiments .once"));
        assertEquals(
                report.get("effects").size(),
                browser.findAll("#experiments article:first-child tbody tr").size());
        browser.await(page -> page.findElement(By.id("experiments")).getText().contains("ASIDE"));
        browser.screenshot("wide");
    }

    @Test
    void untestableEffectsHaveNoInterval() {
        open();
        List<String> verdicts = browser.await(page -> {
            List<WebElement> rows = browser.findAll("#experiments article:first-child tbody tr");
            return rows.isEmpty()
                    ? null
                    : rows.stream().map(row -> row.getAttribute("class")).toList();
        });
        long untestable = verdicts.stream().filter("untestable"::equals).count();
        assertTrue(untestable > 0, verdicts::toString);
        WebElement forest = browser.find("#experiments article:first-child svg.forest");
        assertEquals(
                verdicts.size() - untestable,
                forest.findElements(By.cssSelector("line.interval")).size());
        assertEquals(
                untestable,
                forest.findElements(By.cssSelector("text[text-anchor=middle]")).stream()
                        .filter(text -> text.getText().equals("untestable"))
                        .count());
    }

    @Test
    void chartsHaveTheirMarginsAndColours() {
        open();
        WebElement label = browser.find("#experiments article:first-child svg.forest text.row");
        int plot = browser.findAll("#experiments article:first-child svg.forest line.grid").stream()
                .mapToInt(line -> line.getRect().getX())
                .min()
                .orElseThrow();
        assertTrue(label.getRect().getX() + label.getRect().getWidth() < plot, "labels are beside the plot");
        WebElement chart = browser.find("#experiments article:nth-child(2) svg.chart");
        assertNotEquals(
                chart.findElement(By.cssSelector(".mark.arm1")).getCssValue("fill"),
                chart.findElement(By.cssSelector(".mark.arm2")).getCssValue("fill"));
    }

    @Test
    void allTreatmentsAreShownOverTheDays() {
        open();
        browser.find("#experiments article:nth-child(2) svg.chart");
        assertEquals("T1\nT2", browser.text("#experiments article:nth-child(2) .legend"));
        assertEquals("T1", browser.text("#experiments article:first-child .legend"));
    }

    @Test
    void updatesKeepScrollPositionAndFocus() {
        browser.useDesktop();
        browser.usePhone();
        reopen();
        browser.find("#experiments .scroll table");
        browser.evaluate("const table = document.querySelector('#experiments .scroll'); table.scrollLeft = 150;"
                + " table.focus(); table.firstChild.id = 'old'");
        browser.await(page -> browser.findAll("#old").isEmpty());
        assertEquals(150L, browser.evaluate("return document.querySelector('#experiments .scroll').scrollLeft"));
        assertEquals("scroll", browser.focused().getAttribute("class"));
        WebElement metric = browser.find("#experiments tbody tr:first-child td");
        assertTrue(
                metric.getRect().getX() >= 0 && metric.getRect().getWidth() < 150, "the metric's name stays visible");
    }

    @Test
    void trafficIsLive() throws Exception {
        open();
        browser.await(page -> !page.findElement(By.id("rate")).getText().isEmpty());
        for (int i = 0; i < 20; i++) {
            server.post("/next/1", "{\"track\":5,\"time\":0.5}"); // has no neighbours: a fallback recommends
        }
        browser.await(page -> page.findElement(By.id("fallback")).getText().equals("100.0%"));
        String status = browser.find("#status").getText();
        assertTrue(status.matches("live, \\d{2}:\\d{2}:\\d{2}"), status);
        assertEquals(6, browser.findAll(".charts canvas").size());
    }

    @Test
    void effectIsDrawnWhileSessionsEnd() throws Exception {
        open();
        browser.find("#experiments article:first-child .scroll table");
        assertTrue(browser.findAll(".trace").stream().noneMatch(WebElement::isDisplayed), "one point is no curve");
        server.post("/next/1", "{\"track\":1,\"time\":1}");
        server.post("/last/1", "{\"track\":2,\"time\":1}");
        WebElement chart = browser.find("#experiments article:first-child .trace [role=img]");
        JsonNode effects = server.getJson("/experiments/SERVING/report").get("effects");
        double effect = effects.valueStream()
                .filter(row -> row.get("metric").asString().equals("mean_time_per_session"))
                .findFirst()
                .orElseThrow()
                .get("effect")
                .doubleValue();
        String shown = String.format(Locale.ROOT, "%+.2f", effect).replaceAll("\\.?0+$", "");
        assertEquals("Effect now: T1 " + shown + "%", chart.getDomAttribute("aria-label"));
        browser.screenshot("trace");
    }

    @Test
    void tracksAreExploredByKeyboardAlone() throws Exception {
        open();
        WebElement words = browser.find("#words");
        words.sendKeys("even title 2", Keys.ENTER);
        browser.find("#found button").sendKeys(Keys.ENTER);
        assertEquals("Even – Title 2 (track 2)", browser.text("#track h3"));
        List<WebElement> sides = browser.findAll("#track .card");
        assertEquals(3, sides.get(0).findElements(By.cssSelector("li button")).size());
        assertEquals(
                "Odd – Title 5",
                sides.get(1).findElement(By.cssSelector("li button")).getText());
        browser.find("#track .card:nth-child(2) li button").sendKeys(Keys.SPACE);
        browser.await(
                page -> page.findElement(By.cssSelector("#track h3")).getText().contains("track 5"));
        browser.screenshot("explorer");
    }

    @Test
    void truncatedSearchesHaveAHint() {
        open();
        browser.find("#words").sendKeys("many", Keys.ENTER);
        assertTrue(browser.text("#found .hint").startsWith("the first 20 hits"));
        browser.find("#words").clear();
        browser.find("#words").sendKeys("many 29", Keys.ENTER);
        browser.await(page -> browser.findAll("#found li").size() == 1);
        assertEquals(0, browser.findAll("#found .hint").size());
    }

    @Test
    void fallbacksAreNamed() {
        open();
        browser.find("#words").sendKeys("odd 5", Keys.ENTER); // has no neighbours
        browser.find("#found button").click();
        browser.find("#track h3");
        browser.find("#listener").sendKeys("1", Keys.ENTER);
        assertTrue(browser.text("#recommendation .about").startsWith("recommended by the fallback indexed"));
    }

    @Test
    void listenersNextTrackIsExplainedAndNothingIsLogged() throws Exception {
        open();
        int logged = server.logLines().size();
        browser.find("#listener").sendKeys("100", Keys.ENTER); // forced to control
        String card = browser.text("#recommendation .card");
        assertTrue(card.contains("Next track of listener 100:"), card);
        assertTrue(card.contains("recommender\n") && card.contains("propensity\n"), card);
        assertTrue(browser.text("#recommendation .reasons").contains("It was drawn uniformly from "), card);
        assertEquals(logged, server.logLines().size());
    }

    @Test
    void problemsAreShownInThePage() {
        open();
        browser.find("#listener").sendKeys("x".repeat(200), Keys.ENTER);
        assertTrue(browser.text("#recommendation .problem").contains("128"));
        browser.errors(); // discards the expected entry for status 400
    }

    @Test
    void phonesNeedNoHorizontalScrollingAndDarkModeIsDark() throws Exception {
        browser.useDesktop();
        browser.usePhone();
        browser.useDarkMode();
        reopen();
        browser.find("#experiments .verdict");
        browser.find("#overview dd");
        browser.screenshot("phone");
        assertEquals(390L, browser.scrollWidth());
        String background = browser.find("body").getCssValue("background-color");
        assertFalse(background.contains("255"), background);
        assertEquals(List.of(), browser.accessibilityProblems());
    }

    @Test
    void pageIsAccessible() throws Exception {
        open();
        browser.find("#experiments .scroll table");
        browser.find("#overview dd");
        assertEquals(List.of(), browser.accessibilityProblems());
    }

    @Test
    void firstViewNamesWhatRunsSinceWhen() throws Exception {
        open();
        assertEquals("Running for", browser.text("#overview dt"));
        String overview = browser.text("#overview");
        String generation = server.getJson("/server").get("generation").asString();
        for (String part : List.of(
                "Running for\n",
                "since ",
                "30 tracks",
                generation,
                "SERVING",
                "C: contextual, 50% of listeners",
                "T1: new, 50% of listeners",
                "Listeners\n60\nremembered")) {
            assertTrue(overview.contains(part), part + " is not in: " + overview);
        }
        assertTrue(overview.matches("(?s).*Requests\n\\d{3}\nsince the start.*"), overview);
        assertTrue(browser.findAll("#empty").stream().noneMatch(WebElement::isDisplayed));
    }

    @Test
    void figuresHaveUnits() {
        open();
        browser.find("#experiments .scroll table");
        List<String> cells = browser.texts("#experiments article:first-child tbody tr:first-child td");
        assertEquals("time", cells.get(0));
        assertTrue(cells.get(5).matches("\\d+\\.\\d{2} tracks"), cells::toString);
    }

    /** The commands of the empty state work as they are. */
    @Test
    void emptyStateHasCommandsThatFillThePage(@TempDir Path other) throws Exception {
        try (TestServer fresh = TestServer.in(other).start()) {
            browser.useDesktop();
            browser.open(fresh.uri().resolve("/dashboard"));
            assertTrue(browser.text("#empty").contains("No requests yet"));
            String command = browser.text("#commands .command:first-child code");
            assertEquals("curl '" + fresh.uri().resolve("/next_track?user=1") + "'", command);
            browser.screenshot("empty");
            assertEquals(List.of(), browser.accessibilityProblems());
            fresh.get("/next_track?user=1");
            browser.await(page -> browser.findAll("#empty").stream().noneMatch(WebElement::isDisplayed));
            reopen(); // so that the page does not poll a server that has stopped
            browser.errors(); // discards the entries for reports without sessions, which get 409
        }
    }
}

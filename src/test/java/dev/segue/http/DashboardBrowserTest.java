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
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.WebDriverWait;
import tools.jackson.databind.JsonNode;

/** Tests the dashboard in headless Chromium and writes screenshots to {@code target/dashboard}. */
@Tag("full")
class DashboardBrowserTest {

    private static final Map<String, Object> PHONE =
            Map.of("width", 390, "height", 844, "deviceScaleFactor", 1, "mobile", true);

    @TempDir
    static Path folder;

    private static TestServer server;
    private static ChromeDriver browser;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.in(folder);
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
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        options.setCapability("goog:loggingPrefs", logs);
        var driver = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
                .build();
        browser = new ChromeDriver(driver, options);
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
            browser.quit();
        }
        server.close();
    }

    @AfterEach
    void pageLogsNoErrors() {
        List<LogEntry> errors = browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .toList();
        assertEquals(List.of(), errors);
    }

    private static void open() {
        browser.get(server.uri().resolve("/dashboard").toString());
    }

    private static WebElement find(String css) {
        return await(page -> page.findElements(By.cssSelector(css)).stream()
                .filter(WebElement::isDisplayed)
                .findFirst()
                .orElse(null));
    }

    /** Waits for a condition. The page replaces its elements after each response, so stale elements are ignored. */
    private static <T> T await(ExpectedCondition<T> condition) {
        return new WebDriverWait(browser, Duration.ofSeconds(60))
                .ignoring(StaleElementReferenceException.class)
                .until(condition);
    }

    private static String text(String css) {
        return await(page -> page.findElements(By.cssSelector(css)).stream()
                .filter(WebElement::isDisplayed)
                .map(WebElement::getText)
                .findFirst()
                .orElse(null));
    }

    private static void screenshot(String name) throws IOException {
        Path pictures = Files.createDirectories(Path.of("target/dashboard"));
        var size = Map.of(
                "x",
                0,
                "y",
                0,
                "scale",
                1,
                "width",
                browser.executeScript("return innerWidth"),
                "height",
                browser.executeScript("return document.documentElement.scrollHeight"));
        Object page = browser.executeCdpCommand(
                        "Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", size))
                .get("data");
        Files.write(pictures.resolve(name + ".png"), Base64.getDecoder().decode((String) page));
    }

    @Test
    void experimentsAreShownWithTheReportsFigures() throws Exception {
        open();
        String verdict = text("#experiments .verdict");
        JsonNode report = server.getJson("/experiments/SERVING/report");
        assertEquals(report.at("/standing/0").asString(), verdict);
        assertEquals("For a single look: " + report.at("/verdicts/0").asString(), text("#experiments .once"));
        assertEquals(
                report.get("effects").size(),
                browser.findElements(By.cssSelector("#experiments article:first-child tbody tr"))
                        .size());
        await(page -> page.findElement(By.id("experiments")).getText().contains("ASIDE"));
        screenshot("wide");
    }

    @Test
    void untestableEffectsHaveNoInterval() {
        open();
        List<String> verdicts = await(page -> {
            List<WebElement> rows = page.findElements(By.cssSelector("#experiments article:first-child tbody tr"));
            return rows.isEmpty()
                    ? null
                    : rows.stream().map(row -> row.getAttribute("class")).toList();
        });
        long untestable = verdicts.stream().filter("untestable"::equals).count();
        assertTrue(untestable > 0, verdicts::toString);
        WebElement forest = find("#experiments article:first-child svg.forest");
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
        WebElement label = find("#experiments article:first-child svg.forest text.row");
        int plot =
                browser.findElements(By.cssSelector("#experiments article:first-child svg.forest line.grid")).stream()
                        .mapToInt(line -> line.getRect().getX())
                        .min()
                        .orElseThrow();
        assertTrue(label.getRect().getX() + label.getRect().getWidth() < plot, "labels are beside the plot");
        WebElement chart = find("#experiments article:nth-child(2) svg.chart");
        assertNotEquals(
                chart.findElement(By.cssSelector(".mark.arm1")).getCssValue("fill"),
                chart.findElement(By.cssSelector(".mark.arm2")).getCssValue("fill"));
    }

    @Test
    void allTreatmentsAreShownOverTheDays() {
        open();
        find("#experiments article:nth-child(2) svg.chart");
        assertEquals("T1\nT2", text("#experiments article:nth-child(2) .legend"));
        assertEquals("T1", text("#experiments article:first-child .legend"));
    }

    @Test
    void updatesKeepScrollPositionAndFocus() {
        try {
            browser.executeCdpCommand("Emulation.setDeviceMetricsOverride", PHONE);
            open();
            find("#experiments .scroll table");
            browser.executeScript(
                    "const table = document.querySelector('#experiments .scroll'); table.scrollLeft = 150;"
                            + " table.focus(); table.firstChild.id = 'old'");
            await(page -> page.findElements(By.id("old")).isEmpty());
            assertEquals(
                    150L, browser.executeScript("return document.querySelector('#experiments .scroll').scrollLeft"));
            assertEquals("scroll", browser.switchTo().activeElement().getAttribute("class"));
            WebElement metric = find("#experiments tbody tr:first-child td");
            assertTrue(
                    metric.getRect().getX() >= 0 && metric.getRect().getWidth() < 150,
                    "the metric's name stays visible");
        } finally {
            browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    @Test
    void trafficIsLive() throws Exception {
        open();
        await(page -> !page.findElement(By.id("rate")).getText().isEmpty());
        for (int i = 0; i < 20; i++) {
            server.post("/next/1", "{\"track\":5,\"time\":0.5}"); // has no neighbours: a fallback recommends
        }
        await(page -> page.findElement(By.id("fallback")).getText().equals("100.0"));
        String status = browser.findElement(By.id("status")).getText();
        assertTrue(status.matches("live, \\d{2}:\\d{2}:\\d{2}"), status);
        assertEquals(3, browser.findElements(By.cssSelector(".charts canvas")).size());
    }

    @Test
    void tracksAreExploredByKeyboardAlone() throws Exception {
        open();
        WebElement words = find("#words");
        words.sendKeys("even title 2", Keys.ENTER);
        find("#found button").sendKeys(Keys.ENTER);
        assertEquals("Even – Title 2 (track 2)", text("#track h3"));
        List<WebElement> sides = browser.findElements(By.cssSelector("#track .card"));
        assertEquals(3, sides.get(0).findElements(By.cssSelector("li button")).size());
        assertEquals(
                "Odd – Title 5",
                sides.get(1).findElement(By.cssSelector("li button")).getText());
        find("#track .card:nth-child(2) li button").sendKeys(Keys.SPACE);
        await(page -> page.findElement(By.cssSelector("#track h3")).getText().contains("track 5"));
        screenshot("explorer");
    }

    @Test
    void truncatedSearchesHaveAHint() {
        open();
        find("#words").sendKeys("many", Keys.ENTER);
        assertTrue(text("#found .hint").startsWith("the first 20 hits"));
        find("#words").clear();
        find("#words").sendKeys("many 29", Keys.ENTER);
        await(page -> page.findElements(By.cssSelector("#found li")).size() == 1);
        assertEquals(0, browser.findElements(By.cssSelector("#found .hint")).size());
    }

    @Test
    void fallbacksAreNamed() {
        open();
        find("#words").sendKeys("odd 5", Keys.ENTER); // has no neighbours
        find("#found button").click();
        find("#track h3");
        find("#listener").sendKeys("1", Keys.ENTER);
        assertTrue(text("#recommendation .about").startsWith("recommended by the fallback indexed"));
    }

    @Test
    void listenersNextTrackIsExplainedAndNothingIsLogged() throws Exception {
        open();
        int logged = server.logLines().size();
        find("#listener").sendKeys("100", Keys.ENTER); // forced to control
        String card = text("#recommendation .card");
        assertTrue(card.contains("Next track of listener 100:"), card);
        assertTrue(card.contains("recommender\n") && card.contains("propensity\n"), card);
        assertTrue(text("#recommendation .reasons").contains("It was drawn uniformly from "), card);
        assertEquals(logged, server.logLines().size());
    }

    @Test
    void problemsAreShownInThePage() {
        open();
        find("#listener").sendKeys("x".repeat(200), Keys.ENTER);
        assertTrue(text("#recommendation .problem").contains("128"));
        browser.manage().logs().get(LogType.BROWSER); // discards the expected entry for status 400
    }

    @Test
    void phonesNeedNoHorizontalScrollingAndDarkModeIsDark() throws Exception {
        Dimension before = browser.manage().window().getSize();
        try {
            browser.executeCdpCommand("Emulation.setDeviceMetricsOverride", PHONE);
            browser.executeCdpCommand(
                    "Emulation.setEmulatedMedia",
                    Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
            open();
            find("#experiments .verdict");
            screenshot("phone");
            assertEquals(390L, browser.executeScript("return document.documentElement.scrollWidth"));
            String background = find("body").getCssValue("background-color");
            assertFalse(background.contains("255"), background);
        } finally {
            browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
            browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
            browser.manage().window().setSize(before);
        }
    }
}

package dev.segue.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptException;
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

/** Debian's Chromium without a window. Screenshots are written to {@code target/dashboard}. */
final class TestBrowser implements AutoCloseable {

    /** The folder of axe-core's webjar; the same version as in the POM. */
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    /** Returns a line for each element that violates WCAG 2.1, levels A and AA. */
    private static final String CHECK = """
            const done = arguments[0];
            axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).then(
                ({violations}) => done(violations.flatMap(({id, nodes}) => nodes.map(({html, any}) =>
                    `${id}: ${html.slice(0, 200)}: ${any.map(({message}) => message).join("; ")}`))),
                (error) => done([String(error)]));
            """;

    private static final Map<String, String> STILL = Map.of("name", "prefers-reduced-motion", "value", "reduce");

    private static final Map<String, Object> PHONE =
            Map.of("width", 390, "height", 844, "deviceScaleFactor", 1, "mobile", true);

    private final ChromeDriver driver;
    private final List<LogEntry> errors = new ArrayList<>();

    private TestBrowser(ChromeDriver driver) {
        this.driver = driver;
    }

    static TestBrowser start() {
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        options.setCapability("goog:loggingPrefs", logs);
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
                .build();
        var browser = new TestBrowser(new ChromeDriver(service, options));
        browser.useDesktop();
        return browser;
    }

    /** Opens a page in the desktop's size, light, with motion. */
    void open(URI page) {
        driver.get(page.toString());
    }

    void useDesktop() {
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        driver.manage().window().setSize(new Dimension(1280, 900));
        useFeatures(List.of());
    }

    void usePhone() {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", PHONE);
    }

    /** Dark and without motion. */
    void useDarkMode() {
        useFeatures(List.of(STILL, Map.of("name", "prefers-color-scheme", "value", "dark")));
    }

    /** Without motion, such as fading text, whose contrast is low at first. */
    void useReducedMotion() {
        useFeatures(List.of(STILL));
    }

    private void useFeatures(List<Map<String, String>> features) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", features));
    }

    /** The first visible element, as soon as there is one. */
    WebElement find(String css) {
        return await(page -> findAll(css).stream()
                .filter(WebElement::isDisplayed)
                .findFirst()
                .orElse(null));
    }

    /** All elements, visible or not. */
    List<WebElement> findAll(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** Waits for a condition. Pages replace their elements after each response, so stale elements are ignored. */
    <T> T await(ExpectedCondition<T> condition) {
        return new WebDriverWait(driver, Duration.ofSeconds(60))
                .ignoring(StaleElementReferenceException.class)
                .until(condition);
    }

    /** The text of the first visible element, as soon as there is one. */
    String text(String css) {
        return await(page -> findAll(css).stream()
                .filter(WebElement::isDisplayed)
                .map(WebElement::getText)
                .findFirst()
                .orElse(null));
    }

    /** The texts of all elements, visible or not. */
    List<String> texts(String css) {
        return await(page -> findAll(css).stream()
                .map(element -> Objects.requireNonNullElse(element.getDomProperty("textContent"), ""))
                .toList());
    }

    /** Sends keys to the focused element. */
    void press(CharSequence... keys) {
        focused().sendKeys(keys);
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    /** Moves the focus by the tab key until an element has it. */
    void tabTo(String css) {
        for (int i = 0; i < 200; i++) {
            if (evaluate("return document.activeElement.matches(arguments[0])", css) == Boolean.TRUE) {
                return;
            }
            press(Keys.TAB);
        }
        throw new AssertionError("the tab key does not reach " + css);
    }

    /** The value of a script. */
    Object evaluate(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    long scrollWidth() {
        return (Long) evaluate("return document.documentElement.scrollWidth");
    }

    /** The pages' warnings and errors in the console since the last call. */
    List<LogEntry> errors() {
        List<LogEntry> all = new ArrayList<>(errors);
        all.addAll(newErrors());
        errors.clear();
        return all;
    }

    private List<LogEntry> newErrors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .toList();
    }

    /** A line for each element that violates WCAG 2.1, levels A and AA, by axe-core; contrast is one of its rules. */
    List<?> accessibilityProblems() throws IOException {
        try (InputStream axe = Objects.requireNonNull(TestBrowser.class.getResourceAsStream(AXE), AXE)) {
            evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        errors.addAll(newErrors());
        Object problems = driver.executeAsyncScript(CHECK);
        newErrors(); // discards the warnings of axe-core
        if (problems instanceof List<?> list) {
            return list;
        }
        throw new JavascriptException("axe-core returned " + problems);
    }

    void screenshot(String name) throws IOException {
        Path pictures = Files.createDirectories(Path.of("target/dashboard"));
        var size = Map.of(
                "x",
                0,
                "y",
                0,
                "scale",
                1,
                "width",
                evaluate("return innerWidth"),
                "height",
                evaluate("return document.documentElement.scrollHeight"));
        Object page = driver.executeCdpCommand(
                        "Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", size))
                .get("data");
        Files.write(pictures.resolve(name + ".png"), Base64.getDecoder().decode((String) page));
    }

    @Override
    public void close() {
        driver.quit();
    }
}

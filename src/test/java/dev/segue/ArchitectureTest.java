package dev.segue;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.segue");

    /** Package → the packages of Segue it may use. The command line may use all. */
    private static final Map<String, Set<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            entry("json", Set.of()),
            entry("random", Set.of()),
            entry("platform", Set.of()),
            entry("listener", Set.of()),
            entry("config", Set.of()),
            entry("input", Set.of("platform")),
            entry("catalog", Set.of("input", "json", "listener", "platform")),
            entry("history", Set.of("listener", "platform")),
            entry("event", Set.of("input", "json", "listener", "platform")),
            entry("analysis", Set.of("event", "listener")),
            entry("report", Set.of("analysis", "event", "input", "listener")),
            entry("knn", Set.of("event")),
            entry("posterior", Set.of("catalog", "input", "listener")),
            entry("embedding", Set.of("catalog", "input", "listener")),
            entry("recommend", Set.of("catalog", "embedding", "knn", "history", "listener", "posterior")),
            entry("evaluation", Set.of("analysis", "input", "knn", "platform", "random")),
            entry("offpolicy", Set.of("analysis", "event", "input", "listener", "history", "random", "recommend")),
            entry("experiment", Set.of("recommend", "listener")),
            entry("world", Set.of("catalog", "listener", "random")),
            entry(
                    "training",
                    Set.of(
                            "input",
                            "catalog",
                            "embedding",
                            "event",
                            "analysis",
                            "listener",
                            "platform",
                            "posterior",
                            "random")),
            entry("simulation", Set.of("input", "world", "catalog", "event", "analysis", "listener", "random")),
            entry(
                    "service",
                    Set.of(
                            "platform",
                            "random",
                            "listener",
                            "config",
                            "catalog",
                            "history",
                            "event",
                            "recommend",
                            "embedding",
                            "knn",
                            "posterior",
                            "experiment")),
            entry(
                    "health",
                    Set.of(
                            "analysis",
                            "catalog",
                            "config",
                            "event",
                            "listener",
                            "offpolicy",
                            "random",
                            "recommend",
                            "service")),
            entry(
                    "http",
                    Set.of(
                            "platform",
                            "random",
                            "listener",
                            "config",
                            "catalog",
                            "history",
                            "event",
                            "recommend",
                            "experiment",
                            "analysis",
                            "report",
                            "service"))));

    /** Library → the packages of Segue that may use it. */
    private static final Map<String, Set<String>> USED_BY = Map.ofEntries(
            entry("org.eclipse.jetty..", Set.of("http")),
            entry("jakarta.servlet..", Set.of("http")),
            entry("io.prometheus..", Set.of("http")),
            entry("picocli..", Set.of("cli")),
            entry("ai.djl..", Set.of("training")),
            entry("org.knowm.xchart..", Set.of("training")),
            entry("redis.clients..", Set.of("history")),
            entry("org.apache.commons.text..", Set.of("cli")),
            entry("org.apache.commons.statistics..", Set.of("analysis")),
            entry("org.apache.commons.numbers..", Set.of("analysis")),
            entry("ch.qos.logback..", Set.of("platform")),
            entry("org.duckdb..", Set.of("input")),
            entry("com.github.luben..", Set.of("input")));

    @Test
    void packagesKnowOnlyWhomTheyMay() {
        MAY_USE.forEach((name, uses) -> {
            Set<String> forbidden = new LinkedHashSet<>(MAY_USE.keySet());
            forbidden.add("cli");
            forbidden.removeAll(uses);
            forbidden.remove(name);
            noClasses()
                    .that()
                    .resideInAPackage("dev.segue." + name + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(packages(forbidden))
                    .check(CLASSES);
        });
    }

    @Test
    void everyPackageIsInTheTable() {
        CLASSES.forEach(type -> assertTrue(
                type.getPackageName().equals("dev.segue.cli")
                        || MAY_USE.containsKey(type.getPackageName().replace("dev.segue.", "")),
                type.getName()));
    }

    @Test
    void librariesStayWhereTheyBelong() {
        USED_BY.forEach((library, users) -> noClasses()
                .that()
                .resideOutsideOfPackages(packages(users))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES));
    }

    /** In some locales %d writes other digits, and i becomes an İ: what is written in one could not be read in another. */
    @Test
    void nothingDependsOnTheMachinesLocale() {
        noClasses()
                .should()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "formatted", Object[].class)
                .orShould()
                .callMethod(PrintWriter.class, "printf", String.class, Object[].class)
                .orShould()
                .callMethod(PrintStream.class, "printf", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .check(CLASSES);
    }

    private static String[] packages(Set<String> names) {
        return Arrays.stream(names.toArray(String[]::new))
                .map(name -> "dev.segue." + name + "..")
                .toArray(String[]::new);
    }
}

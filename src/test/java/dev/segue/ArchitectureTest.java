package dev.segue;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Checks the dependencies between packages and on libraries. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.segue");

    /** Package → the packages of Segue it may use. The command line may use all. */
    private static final Map<String, Set<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            entry("config", Set.of()),
            entry("json", Set.of()),
            entry("id", Set.of("json")),
            entry("platform", Set.of()),
            entry("random", Set.of()),
            entry("analysis", Set.of("id")),
            entry("file", Set.of("platform")),
            entry("play", Set.of("id")),
            entry("event", Set.of("file", "json", "id", "platform", "play")),
            entry("experiment", Set.of("id", "play")),
            entry("history", Set.of("platform", "play")),
            entry("importing", Set.of("file", "id", "platform")),
            entry("state", Set.of("file", "id", "platform")),
            entry("matrix", Set.of("file")),
            entry("catalog", Set.of("file", "json", "id", "matrix")),
            entry("content", Set.of("catalog", "file", "json", "matrix")),
            entry("knn", Set.of("event", "id", "play")),
            entry("report.reading", Set.of("analysis", "event", "id", "play")),
            entry("embedding", Set.of("catalog", "file", "id", "matrix")),
            entry("evaluation", Set.of("analysis", "file", "knn", "platform", "random")),
            entry("posterior", Set.of("catalog", "file", "id", "matrix")),
            entry("report", Set.of("analysis", "event", "id", "report.reading")),
            entry("world", Set.of("catalog", "file", "id", "matrix", "random")),
            entry("recommend", Set.of("catalog", "embedding", "history", "knn", "play", "posterior")),
            entry("report.rendering", Set.of("analysis", "event", "id", "report", "report.reading")),
            entry("simulation", Set.of("analysis", "catalog", "file", "id", "matrix", "random", "world")),
            entry(
                    "training",
                    Set.of(
                            "analysis",
                            "catalog",
                            "content",
                            "embedding",
                            "event",
                            "file",
                            "id",
                            "matrix",
                            "platform",
                            "play",
                            "posterior",
                            "random")),
            entry("offpolicy", Set.of("analysis", "event", "file", "history", "id", "play", "random", "recommend")),
            entry(
                    "service",
                    Set.of(
                            "catalog",
                            "config",
                            "embedding",
                            "event",
                            "experiment",
                            "file",
                            "history",
                            "knn",
                            "id",
                            "platform",
                            "play",
                            "posterior",
                            "random",
                            "recommend",
                            "state")),
            entry(
                    "reload",
                    Set.of("catalog", "config", "embedding", "file", "history", "id", "platform", "play", "service")),
            entry("adapter", Set.of("catalog", "config", "id", "play")),
            entry("simulation.days", Set.of("catalog", "random", "simulation")),
            entry(
                    "learn",
                    Set.of(
                            "catalog",
                            "config",
                            "content",
                            "embedding",
                            "event",
                            "file",
                            "platform",
                            "posterior",
                            "service",
                            "training")),
            entry("upkeep", Set.of("config", "platform", "state")),
            entry(
                    "health",
                    Set.of(
                            "analysis",
                            "catalog",
                            "config",
                            "event",
                            "id",
                            "offpolicy",
                            "play",
                            "random",
                            "recommend",
                            "service")),
            entry(
                    "http",
                    Set.of(
                            "adapter",
                            "analysis",
                            "catalog",
                            "config",
                            "event",
                            "experiment",
                            "file",
                            "history",
                            "id",
                            "platform",
                            "play",
                            "recommend",
                            "reload",
                            "report",
                            "report.reading",
                            "report.rendering",
                            "service",
                            "state",
                            "upkeep")),
            entry(
                    "simulation.inprocess",
                    Set.of(
                            "catalog",
                            "config",
                            "embedding",
                            "event",
                            "experiment",
                            "file",
                            "history",
                            "id",
                            "play",
                            "random",
                            "service",
                            "simulation",
                            "simulation.days",
                            "world")),
            entry("simulation.load", Set.of("id", "random", "simulation", "simulation.days", "world")),
            entry(
                    "simulation.replay",
                    Set.of(
                            "catalog",
                            "config",
                            "event",
                            "experiment",
                            "history",
                            "id",
                            "play",
                            "service",
                            "simulation",
                            "simulation.load"))));

    /** Library → the packages of Segue that may use it. DuckDB is used through JDBC alone. */
    private static final Map<String, Set<String>> USED_BY = Map.ofEntries(
            entry("org.eclipse.jetty..", Set.of("http")),
            entry("jakarta.servlet..", Set.of("http")),
            entry("io.prometheus..", Set.of("http")),
            entry("picocli..", Set.of("cli")),
            entry("ai.djl..", Set.of("training")),
            entry("org.knowm.xchart..", Set.of("training")),
            entry("org.apache.commons.text..", Set.of("cli")),
            entry("org.apache.commons.statistics..", Set.of("analysis")),
            entry("org.apache.commons.numbers..", Set.of("analysis")),
            entry("ch.qos.logback..", Set.of("file", "platform")),
            entry("org.duckdb..", Set.of()),
            entry("com.github.luben..", Set.of("file")),
            entry("de.siegmar.fastcsv..", Set.of("cli", "importing", "offpolicy", "report.rendering")));

    @Test
    void packagesUsePermittedPackagesOnly() {
        MAY_USE.forEach((name, uses) -> {
            Set<String> forbidden = new LinkedHashSet<>(MAY_USE.keySet());
            forbidden.add("cli");
            forbidden.removeAll(uses);
            forbidden.remove(name);
            noClasses()
                    .that()
                    .resideInAPackage("dev.segue." + name)
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
    void everyPermittedUseExists() {
        List<String> unused = new ArrayList<>();
        MAY_USE.forEach((name, uses) -> uses.stream()
                .filter(used -> !uses(name, ("dev.segue." + used)::equals))
                .forEach(used -> unused.add(name + " -> " + used)));
        USED_BY.forEach((library, users) -> users.stream()
                .filter(user -> !uses(user, target -> (target + "..").startsWith(library.replace("..", "."))))
                .forEach(user -> unused.add(user + " -> " + library)));
        assertEquals(List.of(), unused, "entries that nothing uses; remove them");
    }

    private static boolean uses(String name, Predicate<String> target) {
        return CLASSES.that(JavaClass.Predicates.resideInAPackage("dev.segue." + name)).stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .anyMatch(use -> target.test(use.getTargetClass().getPackageName()));
    }

    @Test
    void librariesAreUsedByPermittedPackagesOnly() {
        USED_BY.forEach((library, users) -> noClasses()
                .that()
                .resideOutsideOfPackages(packages(users))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES));
    }

    /** A comparison that ends at the first other character tells by its time how much of a secret was right. */
    @Test
    void secretsAreComparedInConstantTime() {
        String[] comparing = {"AdminCheck", "Secrets", "SubsonicUsers"};
        for (String name : comparing) {
            classes()
                    .that()
                    .haveSimpleName(name)
                    .should()
                    .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
                    .check(CLASSES);
            noClasses()
                    .that()
                    .haveSimpleName(name)
                    .should()
                    .callMethod(String.class, "equals", Object.class)
                    .orShould()
                    .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
                    .check(CLASSES);
        }
    }

    /** In some locales, %d formats other digits and the upper case of i is İ, so files would depend on the machine. */
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
                .map(name -> "dev.segue." + name)
                .toArray(String[]::new);
    }
}

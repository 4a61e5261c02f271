package dev.segue.fuzz;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.segue.http.EndpointTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Readers keep their promises for the seeds of {@code scripts/fuzz}, among them the inputs of faults that it found. */
class FuzzTargetTest {

    /** Longer than any input takes on a busy machine. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @AfterAll
    static void stop() {
        EndpointTarget.fuzzerTearDown();
    }

    @TestFactory
    Stream<DynamicContainer> seeds() {
        return Arrays.stream(FuzzTarget.values())
                .map(target -> DynamicContainer.dynamicContainer(target.label(), tests(target)));
    }

    private static Stream<DynamicTest> tests(FuzzTarget target) {
        List<Path> files = files(target);
        assertTrue(files.size() >= 5, () -> target + " has the seeds " + files);
        return files.stream()
                .map(file -> dynamicTest(String.valueOf(file.getFileName()), () -> {
                    byte[] input = Files.readAllBytes(file);
                    assertTimeoutPreemptively(LIMIT, () -> target.read(input));
                }));
    }

    private static List<Path> files(FuzzTarget target) {
        List<Path> files = new ArrayList<>();
        for (Path folder : target.seeds()) {
            try (Stream<Path> found = Files.walk(folder)) {
                found.filter(Files::isRegularFile).sorted().forEach(files::add);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return files;
    }
}

package dev.segue.upkeep;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The unit of the Debian package treats the process of a learning as the server expects. */
class ServiceUnitTest {

    private List<String> unit = List.of();

    @BeforeEach
    void read() throws Exception {
        unit = Files.readAllLines(Path.of("src/main/package/deb/segue.service"));
    }

    @Test
    void aLearningThatRunsOutOfMemoryDoesNotStopTheServer() {
        assertTrue(unit.contains("OOMPolicy=continue"), unit::toString);
    }

    @Test
    void aStopSignalsTheServerAlone() {
        assertTrue(unit.contains("KillMode=mixed"), unit::toString);
    }
}

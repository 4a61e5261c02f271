package dev.segue.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class BuildTest {

    private static Build of(String version, String revision) {
        var properties = new Properties();
        properties.setProperty("version", version);
        properties.setProperty("revision", revision);
        return Build.of(properties);
    }

    @Test
    void valuesOfMavenAreShown() {
        assertEquals(
                "1.2.3 (revision 0123456789ab)", of("1.2.3", "0123456789ab").toString());
    }

    @Test
    void variablesThatMavenDidNotReplaceAreUnknown() {
        assertEquals(new Build("development", "unknown"), of("${project.version}", "${buildNumber}"));
    }

    @Test
    void thisBuildHasARevisionOrNone() {
        String revision = Build.current().revision();
        assertTrue(revision.matches("unknown|[0-9a-f]{12}"), revision);
    }
}

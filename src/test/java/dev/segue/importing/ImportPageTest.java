package dev.segue.importing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares the page on imports with the code. */
class ImportPageTest {

    private static String page() throws IOException {
        return Files.readString(Path.of("src/site/markdown/import.md"));
    }

    @ParameterizedTest
    @EnumSource
    void thePageNamesTheGuessedNamesOfEachRole(Role role) throws IOException {
        String names =
                role.guessedNames().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        String row = page().lines()
                .filter(line -> line.startsWith("| `--" + role.label() + "` | "))
                .findFirst()
                .orElse("no row");
        assertTrue(row.endsWith(" | " + names + " |"), row);
    }

    @Test
    void thePageStatesTheDefaults() throws IOException {
        String page = page();
        assertTrue(page.contains("`--skipped-share " + ImportOptions.SKIPPED_SHARE + "`"));
        assertTrue(page.contains(TrackLengths.TYPICAL_MILLIS / 1000 + " seconds if there are no durations"));
        assertTrue(page.contains("`" + ImportOptions.ONE_LISTENER + "`"));
        assertTrue(page.contains("1 to " + Ids.MAX_LENGTH + " characters"));
        assertTrue(page.contains(
                "--session-gap " + ImportOptions.DEFAULT.sessionGap().toMinutes() + "m"));
    }
}

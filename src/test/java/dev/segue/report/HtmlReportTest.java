package dev.segue.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.analysis.IntervalMethod;
import dev.segue.event.EventReader;
import dev.segue.event.SessionReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page says where it shows nothing. */
class HtmlReportTest {

    @TempDir
    private Path folder;

    /** Four listeners of one hour, reported by this metric. */
    private String html(String primary) throws IOException {
        var log = new StringBuilder();
        for (int listener = 0; listener < 4; listener++) {
            log.append(
                    "{\"message\":\"last\",\"timestamp\":%d,\"user\":%d,\"track\":1,\"time\":0.%d,\"latency\":0.001,\"experiments\":{\"E\":\"%s\"},\"session\":1,\"seq\":1}%n"
                            .formatted(1_767_225_600_000L + listener, listener, listener, listener < 2 ? "C" : "T1"));
        }
        Path file = Files.writeString(folder.resolve("log.json"), log);
        try (var sessions = new SessionReader(EventReader.open(file))) {
            ExperimentData data =
                    LogReading.of(sessions, ReadingOptions.DEFAULT, () -> {}).experiment("E");
            var options = new ReportOptions(primary, IntervalMethod.FIELLER, 0.05, null);
            return ReportFormat.HTML.write(Report.of(data, options), false);
        }
    }

    @Test
    void pageSaysWhyThereIsNoEffectOverDays() throws IOException {
        assertTrue(html("time").contains("not known yet: it takes two listeners in control"));
        assertTrue(html("time_per_session").contains("not known: time_per_session is a ratio of sums"));
    }
}

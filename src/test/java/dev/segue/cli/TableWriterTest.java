package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableWriterTest {

    @Test
    void commasQuotesAndNewlinesStayWithinTheirField() {
        Map<String, @Nullable Object> failed = new LinkedHashMap<>();
        failed.put("arm", "T1");
        failed.put("failure", "refused, \"busy\"\nagain later");
        failed.put("rate", null);
        Map<String, @Nullable Object> other = new LinkedHashMap<>();
        other.put("arm", "T2");
        other.put("rate", 0.5);
        var text = new StringWriter();
        TableWriter.printCsv(List.of(failed, other), new PrintWriter(text));
        assertEquals("arm,failure,rate\nT1,\"refused, \"\"busy\"\"\nagain later\",\nT2,,0.5\n", text.toString());
    }
}

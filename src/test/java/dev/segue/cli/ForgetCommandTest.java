package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ForgetCommandTest {

    private static final String OF_1 =
            "{\"message\":\"next\",\"timestamp\":1,\"user\":1,\"track\":3,\"time\":1.0,\"latency\":0.1,\"recommendation\":5}\n";
    private static final String OF_2 = OF_1.replace("\"user\":1", "\"user\":2");

    @TempDir
    private Path folder;

    private final CommandRun run = new CommandRun();
    private Path log;

    @BeforeEach
    void writeLog() throws IOException {
        Files.writeString(folder.resolve("data.json.000001"), OF_1 + OF_2 + OF_1);
        log = Files.writeString(folder.resolve("data.json"), OF_2);
    }

    private int forget(String user, String... others) {
        return run.of(List.of("forget", "--user", user, "--log", log.toString()), others);
    }

    @Test
    void theReceiptCountsErasedAndKeptEvents() throws IOException {
        assertEquals(0, forget("1"), run.errors::toString);
        assertEquals(
                folder.resolve("data.json.000001") + ": 2 events erased, 1 kept\n" + log
                        + ": 0 events erased, 1 kept\n2 events of listener 1 erased from 1 of 2 files\n",
                run.output.toString());
        assertEquals(OF_2, Files.readString(folder.resolve("data.json.000001")));
    }

    @Test
    void theReceiptIsAlsoJson() {
        assertEquals(0, forget("1", "--format", "json"), run.errors::toString);
        JsonNode receipt = run.json();
        assertEquals(1, receipt.get("user").asInt());
        assertEquals(2, receipt.get("events_erased").asInt());
        assertEquals(2, receipt.get("files").size());
    }

    @Test
    void linesThatAreNoEventsAreReported() throws IOException {
        Files.writeString(log, OF_1 + "{\"user\":1}\n");
        assertEquals(0, forget("1"), run.errors::toString);
        assertTrue(run.errors.toString().startsWith("kept 1 lines that are not events and may name the listener"));
        assertTrue(run.errors.toString().contains(log + ":2: "), run.errors.toString());
    }

    @Test
    void anInvalidListenerIsAWrongArgument() throws IOException {
        assertEquals(2, forget("-1"));
        assertTrue(run.errors.toString().contains("--user: listener -1"), run.errors.toString());
        assertEquals(OF_2, Files.readString(log));
    }
}

package dev.segue.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class LowestPriorityTest {

    private static final int NICE = 18;
    private static final int POLICY = 40;
    private static final String SCHED_IDLE = "5";

    @Test
    void theCommandRunsWhenNothingElseNeedsTheProcessor() throws Exception {
        List<String> command = new ArrayList<>(LowestPriority.prefix());
        command.addAll(List.of("/bin/cat", "/proc/self/stat"));
        Process process = new ProcessBuilder(command).start();
        String stat = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        String[] fields = stat.strip().split(" ", -1);
        assertEquals("19", fields[NICE], stat);
        assertEquals(SCHED_IDLE, fields[POLICY], stat);
    }

    @Test
    void theCommandEndsFirstWhenMemoryRunsOut() throws Exception {
        List<String> command = new ArrayList<>(LowestPriority.prefix());
        command.addAll(List.of("/bin/cat", "/proc/self/oom_score_adj"));
        Process process = new ProcessBuilder(command).start();
        assertEquals("1000\n", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, process.waitFor());
    }

    @Test
    void whatDoesNotWorkIsLeftOut() throws Exception {
        List<String> works = List.of("/usr/bin/env");
        assertEquals(
                works,
                LowestPriority.prefix(List.of(
                        List.of("/nowhere/chrt"),
                        List.of("/usr/bin/chrt", "--idle", "7"),
                        works,
                        List.of("/bin/false"))));
    }
}

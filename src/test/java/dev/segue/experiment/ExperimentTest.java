package dev.segue.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.id.ListenerId;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ExperimentTest {

    /** 298 of the 8,623 listeners of Botify's experiment PERSONALIZED of 2025, with their arms in Botify's logs. */
    @Test
    void assignsTheArmsOfBotifysExperiment() throws Exception {
        Experiment personalized = experiment("PERSONALIZED", 1, Map.of(), 1, 1);
        int listeners = 0;
        try (var reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ExperimentTest.class.getResourceAsStream("personalized.csv")),
                StandardCharsets.UTF_8))) {
            reader.readLine();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] row = line.split(",", -1);
                assertEquals(row[1], arm(personalized, ListenerId.parse(row[0])), "listener " + row[0]);
                listeners++;
            }
        }
        assertEquals(298, listeners);
    }

    @Test
    void equalWeightsOfAnySizeGiveTheSameArms() {
        Experiment ones = experiment("A", 1, Map.of(), 1, 1, 1);
        Experiment fifties = experiment("A", 1, Map.of(), 50, 50, 50);
        for (long user = 0; user < 1000; user++) {
            assertEquals(arm(ones, ListenerId.of(user)), arm(fifties, ListenerId.of(user)));
        }
    }

    @Test
    void unequalWeightsGetTheirShares() {
        Experiment unequal = experiment("UNEQUAL", 1, Map.of(), 9, 1);
        Map<String, Integer> counts = countArms(unequal, 100_000);
        assertEquals(90_000, counts.getOrDefault("C", 0), 600); // 6 standard deviations
        assertEquals(10_000, counts.getOrDefault("T1", 0), 600);
    }

    @Test
    void raisingTheTrafficAddsListenersAndKeepsArms() {
        Experiment tenth = experiment("TRAFFIC", 0.1, Map.of(), 1, 1);
        Experiment half = experiment("TRAFFIC", 0.5, Map.of(), 1, 1);
        int inTenth = 0;
        int inHalf = 0;
        for (long user = 0; user < 20_000; user++) {
            Arm armInTenth = tenth.assign(ListenerId.of(user));
            Arm armInHalf = half.assign(ListenerId.of(user));
            if (armInTenth != null) {
                inTenth++;
                assertEquals(
                        armInTenth.name(), Objects.requireNonNull(armInHalf).name());
            }
            inHalf += armInHalf == null ? 0 : 1;
        }
        assertEquals(2_000, inTenth, 260);
        assertEquals(10_000, inHalf, 430);
    }

    @Test
    void trafficZeroExcludesAndTrafficOneIncludesAllListeners() {
        assertNull(experiment("X", 0, Map.of(), 1, 1).assign(ListenerId.of(1)));
        assertEquals(2, countArms(experiment("X", 1, Map.of(), 1, 1), 100).size());
    }

    @Test
    void experimentsSplitIndependently() {
        Experiment first = experiment("FIRST", 1, Map.of(), 1, 1);
        Experiment second = experiment("SECOND", 1, Map.of(), 1, 1);
        int both = 0;
        for (long user = 0; user < 40_000; user++) {
            both += arm(first, ListenerId.of(user)).equals("T1")
                            && arm(second, ListenerId.of(user)).equals("T1")
                    ? 1
                    : 0;
        }
        assertEquals(10_000, both, 520);
    }

    @Test
    void forcedListenersTakePartAtAnyTraffic() {
        Experiment forced = experiment("FORCED", 0, Map.of(42L, "T1"), 1, 1);
        assertEquals("T1", arm(forced, ListenerId.of(42)));
        assertEquals("T1", arm(forced, ListenerId.ofString("42")));
        assertTrue(forced.isForced(ListenerId.of(42)));
        assertFalse(forced.isForced(ListenerId.of(43)));
    }

    @Test
    void listenersWithStringIdsAreSplit() {
        Experiment experiment = experiment("NAMES", 1, Map.of(), 1, 1);
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            counts.merge(arm(experiment, ListenerId.parse("listener-é-" + i)), 1, Integer::sum);
        }
        assertEquals(5_000, counts.getOrDefault("C", 0), 300);
    }

    @Test
    void invalidExperimentsAreRejected() {
        assertThrows(IllegalArgumentException.class, () -> experiment("X", 1.5, Map.of(), 1, 1));
        assertThrows(IllegalArgumentException.class, () -> experiment("X", 1, Map.of(), 1, 0));
        assertThrows(IllegalArgumentException.class, () -> experiment("X", 1, Map.of(1L, "T7"), 1, 1));
        assertThrows(IllegalArgumentException.class, () -> experiment("X", 1, Map.of()));
    }

    private static Map<String, Integer> countArms(Experiment experiment, int users) {
        Map<String, Integer> counts = new HashMap<>();
        for (long user = 0; user < users; user++) {
            counts.merge(arm(experiment, ListenerId.of(user)), 1, Integer::sum);
        }
        return counts;
    }

    private static String arm(Experiment experiment, ListenerId user) {
        return Objects.requireNonNull(experiment.assign(user)).name();
    }

    private static Experiment experiment(String name, double traffic, Map<Long, String> forced, int... weights) {
        List<Arm> arms = new ArrayList<>();
        for (int weight : weights) {
            arms.add(new Arm(arms.isEmpty() ? "C" : "T" + arms.size(), weight));
        }
        return new Experiment(name, arms, traffic, forced);
    }
}

package dev.segue.offpolicy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.random.KeyedRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uses synthetic files in the format of the Open Bandit data: ten items at three positions, chosen uniformly. */
class OpenBanditDataTest {

    private static final int ITEMS = 10;
    private static final int POSITIONS = 3;
    private static final EstimateOptions OPTIONS = new EstimateOptions(0.05, 1, 1);
    private static final String HEADER = ",timestamp,item_id,position,click,propensity_score,user_feature_0\n";

    @TempDir
    private Path folder;

    private static double click(int item, int position) {
        return 0.02 + 0.02 * item / position;
    }

    /** The target policy's probability of an item: 1/55 to 10/55. */
    private static double target(int item) {
        return (item + 1) / 55.0;
    }

    private static double truth() {
        double truth = 0;
        for (int position = 1; position <= POSITIONS; position++) {
            for (int item = 0; item < ITEMS; item++) {
                truth += target(item) * click(item, position) / POSITIONS;
            }
        }
        return truth;
    }

    private void writeLog(int rows) throws IOException {
        var random = new KeyedRandom(5, 0, 0, 0);
        var csv = new StringBuilder(HEADER);
        for (int i = 0; i < rows; i++) {
            int item = random.nextInt(ITEMS);
            int position = 1 + random.nextInt(POSITIONS);
            int clicked = random.nextDouble() < click(item, position) ? 1 : 0;
            csv.append(String.format(
                    Locale.ROOT, "%d,2019-11-24 00:00:00.5+00:00,%d,%d,%d,0.1,81ce123%n", i, item, position, clicked));
        }
        Files.writeString(folder.resolve("all.csv"), csv);
        Files.writeString(folder.resolve("item_context.csv"), ",item_id,item_feature_0\n0,0,-0.5\n");
    }

    private Path writePolicy() throws IOException {
        var csv = new StringBuilder("item_id,position,probability\n");
        for (int position = 1; position <= POSITIONS; position++) {
            for (int item = 0; item < ITEMS; item++) {
                csv.append(item + "," + position + "," + target(item) + "\n");
            }
        }
        return Files.writeString(folder.resolve("bts-like.txt"), csv);
    }

    @Test
    void estimatesOfASyntheticLogAreNearTheTruth() throws IOException {
        writeLog(30_000);
        List<Estimate> estimates = OpenBanditData.read(folder).evaluate(ItemProbabilities.read(writePolicy()), OPTIONS);
        assertEquals(Estimator.values().length, estimates.size());
        for (Estimate estimate : estimates) {
            assertEquals(truth(), estimate.value(), 0.1 * truth(), estimate::toString);
            assertTrue(
                    estimate.estimator().equals("DM")
                            || Objects.requireNonNull(estimate.bootstrap()).contains(truth()),
                    estimate::toString);
        }
        assertEquals(30_000 / 1.2727, estimates.get(0).effectiveSampleSize(), 300);
    }

    @Test
    void theEstimateOfTheLoggingPolicyIsTheMeanClick() throws IOException {
        writeLog(5_000);
        OpenBanditData data = OpenBanditData.read(folder.resolve("all.csv"));
        List<Estimate> estimates = data.evaluate(data.uniform(), OPTIONS);
        long clicks = Files.readAllLines(folder.resolve("all.csv")).stream()
                .filter(line -> line.contains(",1,0.1,"))
                .count();
        assertEquals(clicks / 5_000.0, estimates.get(0).value(), 1e-9);
        assertEquals(5_000, estimates.get(0).effectiveSampleSize(), 1e-6);
    }

    @Test
    void unusableRowsAreCounted() throws IOException {
        writeLog(1_000);
        Files.writeString(
                folder.resolve("all.csv"),
                Files.readString(folder.resolve("all.csv"))
                        + "1,t,0,1,,0.1,x\n2,t,0,1,1,0,x\n3,t,0,1,1,1.5,x\n4,t,0,1,1,,x\n");
        OpenBanditData data = OpenBanditData.read(folder);
        assertEquals(1_003, data.size());
        assertEquals(1, data.withoutReward());
        assertEquals(2, data.wrongPropensity());
        assertEquals(1, data.withoutPropensity());
        assertEquals(
                1_000,
                data.evaluate(data.uniform(), OPTIONS).get(0).effectiveSampleSize(),
                1e-6,
                "rows without a valid propensity are ignored");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timestamp,item,position,click,propensity_score | t,1,1,1,0.1 | :1: the header has no column item_id",
                "item_id,position,click,propensity_score | 1,1,2,0.1 | :2: click 2.0 is neither 0 nor 1",
                "item_id,position,click,propensity_score | 1,1,x,0.1 | :2: click \"x\" is not a number",
                "item_id,position,click,propensity_score | 1.5,1,1,0.1 | :2: item_id 1.5 is not an integer",
                "item_id,position,click,propensity_score | 1,1,,0.1 | has no row with a click",
            })
    void invalidFilesAreRejectedWithTheirPlace(String header, String row, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("men.csv"), header + "\n" + row + "\n");
        var e = assertThrows(OffPolicyException.class, () -> OpenBanditData.read(folder));
        assertTrue(String.valueOf(e.getMessage()).startsWith(file + ""), e::getMessage);
        assertTrue(String.valueOf(e.getMessage()).contains(message), e::getMessage);
    }

    @Test
    void aFolderOfSeveralCampaignsIsRejected() throws IOException {
        Files.writeString(folder.resolve("men.csv"), HEADER);
        Files.writeString(folder.resolve("women.csv"), HEADER);
        var e = assertThrows(OffPolicyException.class, () -> OpenBanditData.read(folder));
        assertTrue(String.valueOf(e.getMessage()).contains("name the file of one campaign"), e::getMessage);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0,1,0.5 | add up to 0.5",
                "0,1,1.5 | probability 1.5 is outside 0..1",
                "0,1,0.5;0,1,0.5 | item 0 is repeated at position 1",
                "0,1,1 | no probabilities for position 2",
            })
    void invalidPoliciesAreRejected(String rows, String message) throws IOException {
        writeLog(100);
        Path file = Files.writeString(
                folder.resolve("policy.txt"), "item_id,position,probability\n" + rows.replace(';', '\n') + "\n");
        var e = assertThrows(
                OffPolicyException.class,
                () -> OpenBanditData.read(folder).evaluate(ItemProbabilities.read(file), OPTIONS));
        assertTrue(String.valueOf(e.getMessage()).contains(message), e::getMessage);
    }
}

package dev.segue.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {

    private static final String TWO_ITEMS = "1\t1\t1\n1\t2\t2\n";

    @TempDir
    private Path folder;

    @Test
    void readsTheTrainValidAndTestFilesOfAFolder() {
        Dataset dataset = Dataset.read(HandComputed.FOLDER, 0.1);
        assertEquals(3, dataset.train().size());
        assertEquals(2, dataset.valid().size());
        assertEquals(3, dataset.test().size());
        assertArrayEquals(new long[] {1, 3}, dataset.valid().get(0).items());
        assertArrayEquals(
                new long[] {4, 2, 1}, dataset.train().get(2).items(), "the newest training session is the last");
    }

    @Test
    void theValidFileIsOptional() throws IOException {
        Files.writeString(folder.resolve("train.tsv"), TWO_ITEMS);
        Files.writeString(folder.resolve("test.csv"), TWO_ITEMS.replace('\t', ','));
        assertEquals(0, Dataset.read(folder, 0.1).valid().size());
    }

    @Test
    void aFileIsSplitByTheEndsOfTheSessions() throws IOException {
        Path file = Files.writeString(folder.resolve("clicks.txt"), sessions(0, 20));
        assertSplit(Dataset.read(file, 0.2));
    }

    @Test
    void aFolderOfOtherFilesIsSplitLikeOneFile() throws IOException {
        Files.writeString(folder.resolve("monday.txt"), sessions(0, 12));
        Files.writeString(folder.resolve("tuesday.txt"), sessions(12, 20));
        Files.writeString(folder.resolve("README.md"), "not data");
        assertSplit(Dataset.read(folder, 0.2));
    }

    private static void assertSplit(Dataset dataset) {
        assertEquals(12, dataset.train().size());
        assertEquals(4, dataset.valid().size());
        assertEquals(4, dataset.test().size());
        assertArrayEquals(new long[] {12, 112}, dataset.valid().get(0).items());
        assertArrayEquals(new long[] {19, 119}, dataset.test().get(3).items());
    }

    /** Session i has items i and 100 + i; the rows of later sessions come first. */
    private static String sessions(int from, int to) {
        return IntStream.range(from, to)
                .map(i -> from + to - 1 - i)
                .mapToObj(i -> i + "\t" + (100 + i) + "\t" + (1000 + i) + "\n" + i + "\t" + i + "\t" + (900 + i) + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void missingDataIsRejectedWithARemedy() throws IOException {
        assertRejected(folder.resolve("nowhere"), " does not exist; name a folder or file of sessions with --dataset");
        assertRejected(folder, " has no file with an extension .txt, .csv or .tsv, optionally followed by .gz or .zst");
        Files.writeString(folder.resolve("train.txt"), TWO_ITEMS);
        assertRejected(folder, " has train.txt and no file test with an extension .txt, .csv or .tsv");
        Files.writeString(folder.resolve("test.txt"), "1\t1\t1\n2\t1\t2\n");
        assertRejected(folder, ": none of the 2 test sessions has two items, so there is nothing to predict");
        assertRejected(folder.resolve("train.txt"), " has 1 sessions, too few to split");
        var failure = assertThrows(EvaluationException.class, () -> Dataset.read(folder.resolve("train.txt"), 0.5));
        assertEquals("the share of test sessions must be above 0 and below 0.5, and is 0.5", failure.getMessage());
    }

    private static void assertRejected(Path path, String message) {
        var failure = assertThrows(EvaluationException.class, () -> Dataset.read(path, 0.1));
        assertTrue(String.valueOf(failure.getMessage()).startsWith(path + message), failure.getMessage());
    }
}

package dev.segue.offpolicy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRowsTest {

    @TempDir
    private Path folder;

    private CsvRows rows(String text) throws IOException {
        return CsvRows.open(Files.writeString(folder.resolve("rows.csv"), text), List.of("item", "value"));
    }

    @Test
    void quotedFieldsCanContainCommasQuotesAndNewlines() throws IOException {
        try (CsvRows rows = rows("note,item,value\n\"a, \"\"b\"\"\nc\",1,\"0.5\"\n \nplain, 2\n")) {
            assertArrayEquals(new double[] {1, 0.5}, rows.next());
            assertArrayEquals(new double[] {2, Double.NaN}, rows.next(), "a missing field");
            assertNull(rows.next());
        }
    }

    @Test
    void errorsNameTheLine() throws IOException {
        try (CsvRows rows = rows("item,value\n1,\"0\"\n\n\"2\",many\n")) {
            rows.next();
            String message = String.valueOf(
                    assertThrows(OffPolicyException.class, rows::next).getMessage());
            assertEquals(folder.resolve("rows.csv") + ":4: value \"many\" is not a number", message);
        }
    }

    @Test
    void errorsNameAMissingColumn() {
        String message = String.valueOf(
                assertThrows(OffPolicyException.class, () -> rows("item\n1\n")).getMessage());
        assertEquals(folder.resolve("rows.csv") + ":1: the header has no column value; it needs item, value", message);
    }
}

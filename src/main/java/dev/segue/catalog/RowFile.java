package dev.segue.catalog;

import dev.segue.file.FileException;
import java.nio.file.Path;
import java.util.List;

/** A file's rows with their keys, each of which comes once; the neighbours and texts are as the file has them. */
record RowFile(String name, KeyIndex keys, List<Rows> parts) {

    /**
     * Joins the parts of a file.
     *
     * @param keyField the field that must differ from row to row
     * @throws FileException if two rows have the same key
     */
    static RowFile join(Path file, String keyField, List<Rows> parts) {
        String name = String.valueOf(file.getFileName());
        var keys = new KeyIndex();
        for (Rows part : parts) {
            for (int i = 0; i < part.keys().length; i++) {
                int row = keys.add(part.keys()[i]);
                if (row < 0) {
                    throw new FileException(name + ":" + line(parts, keys.size()) + ": same \"" + keyField
                            + "\" as line " + line(parts, -1 - row) + "; remove one of the two lines");
                }
            }
        }
        return new RowFile(name, keys, parts);
    }

    /** The line of a row, counted from 0 over all parts. */
    private static int line(List<Rows> parts, int row) {
        int rest = row;
        for (Rows part : parts) {
            if (rest < part.lines().length) {
                return part.linesBefore() + part.lines()[rest];
            }
            rest -= part.lines().length;
        }
        throw new IndexOutOfBoundsException(row);
    }
}

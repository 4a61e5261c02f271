package dev.segue.catalog;

import dev.segue.file.FileException;
import dev.segue.id.KeyIndex;
import java.nio.file.Path;
import java.util.List;

/** A file's rows with their distinct keys; neighbours and texts are not filtered. */
record RowFile(String name, KeyIndex keys, List<Rows> parts) {

    /**
     * Joins the parts of a file.
     *
     * @param keyField the field that must be unique
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

    /** The line number of a row, which is numbered from 0 over all parts. */
    private static int line(List<Rows> parts, int row) {
        int index = row;
        for (Rows part : parts) {
            if (index < part.lines().length) {
                return part.linesBefore() + part.lines()[index];
            }
            index -= part.lines().length;
        }
        throw new IndexOutOfBoundsException(row);
    }
}

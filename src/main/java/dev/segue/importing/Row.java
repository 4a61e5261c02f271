package dev.segue.importing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values of the selected columns of one row; reused for the next row. */
final class Row {

    /** The type of a value in its file. */
    enum Type {
        /** Text of a table without types. */
        UNTYPED,
        STRING,
        NUMBER
    }

    private final String placePrefix;
    private final @Nullable String[] values;
    private final Type[] types;
    private long number;
    private @Nullable Reason problem;
    private String problemText = "";

    /**
     * @param columns the number of selected columns
     * @param placePrefix the place of a row in its file without the number, for messages
     */
    Row(int columns, String placePrefix) {
        this.placePrefix = placePrefix;
        values = new @Nullable String[columns];
        types = new Type[columns];
        clear(0);
    }

    /** Removes all values, and sets the row's number. */
    void clear(long newNumber) {
        number = newNumber;
        Arrays.fill(values, null);
        Arrays.fill(types, Type.UNTYPED);
        problem = null;
    }

    /** Sets a value. Blank text is no value. */
    void set(int column, String text, Type type) {
        String stripped = text.strip();
        if (!stripped.isEmpty()) {
            values[column] = stripped;
            types[column] = type;
        }
    }

    /** Marks the row as one that cannot be read. */
    void setProblem(Reason reason, String text) {
        problem = reason;
        problemText = text;
    }

    /** The value of a column; null if there is none. */
    @Nullable
    String text(int column) {
        return values[column];
    }

    Type type(int column) {
        return types[column];
    }

    /** The number of the row in its file, from 1: of its line, element or record. */
    long number() {
        return number;
    }

    /** The reason for which the row cannot be read; null if it can be read. */
    @Nullable
    Reason problem() {
        return problem;
    }

    String problemText() {
        return problemText;
    }

    /** The place in the file, such as {@code plays.csv:12}. */
    String place() {
        return placePrefix + number;
    }
}

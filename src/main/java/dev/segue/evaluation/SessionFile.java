package dev.segue.evaluation;

import dev.segue.file.InputFile;
import dev.segue.file.UnreadableInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads sessions from files of rows with a session id, an item id and a time in seconds, the format of session-rec and Serenade. Fields are
 * separated by tabs, commas or semicolons. Without a header, the columns are {@code SessionId}, {@code ItemId}, {@code Time}. Rows may be
 * in any order; the rows of a session are sorted by time.
 */
final class SessionFile {

    private static final List<String> COLUMNS = List.of("SessionId", "ItemId", "Time");
    private static final double LATEST_SECONDS = 1e11;
    private static final String SEPARATORS = "\t,;";

    private final Path file;
    private final Map<Long, SessionRows> sessions;
    private int lineNumber;
    private char separator;
    /** The field index of each of {@link #COLUMNS}. */
    private int[] fieldOfColumn = {0, 1, 2};

    private SessionFile(Path file, Map<Long, SessionRows> sessions) {
        this.file = file;
        this.sessions = sessions;
    }

    /** The sessions of files, in the order of their first rows. The rows of a session may be in several files.
     *
     * @throws EvaluationException if a file cannot be read or has an invalid row, or there are no rows
     */
    static List<ItemSession> read(List<Path> files) {
        Map<Long, SessionRows> sessions = new LinkedHashMap<>();
        for (Path file : files) {
            new SessionFile(file, sessions).read();
        }
        if (sessions.isEmpty()) {
            throw new EvaluationException(files.get(0) + " has no rows of " + String.join(", ", COLUMNS)
                    + "; add a row for each played item");
        }
        List<ItemSession> inOrder = new ArrayList<>(sessions.size());
        sessions.values().forEach(rows -> inOrder.add(rows.session()));
        return inOrder;
    }

    private void read() {
        try (var reader = new BufferedReader(new InputStreamReader(InputFile.open(file), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lineNumber++;
                if (!line.isBlank()) {
                    read(line);
                }
            }
        } catch (IOException e) {
            throw new EvaluationException(file + ": " + UnreadableInput.explain(e), e);
        }
    }

    private void read(String line) {
        if (separator == 0) {
            separator = separatorOf(line);
            List<String> firstLine = fields(line);
            if (!isNumber(firstLine.get(0))) {
                readHeader(firstLine);
                return;
            }
        }
        List<String> fields = fields(line);
        int minFields = 1 + Math.max(fieldOfColumn[0], Math.max(fieldOfColumn[1], fieldOfColumn[2]));
        if (fields.size() < minFields) {
            throw error("the row has " + fields.size() + " fields, and needs " + minFields + " for "
                    + String.join(", ", COLUMNS));
        }
        long session = id(fields, 0);
        long item = id(fields, 1);
        sessions.computeIfAbsent(session, key -> new SessionRows()).add(item, time(fields));
    }

    private static char separatorOf(String line) {
        return (char)
                SEPARATORS.chars().filter(c -> line.indexOf(c) >= 0).findFirst().orElse('\t');
    }

    private List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        int start = 0;
        for (int end = line.indexOf(separator); end >= 0; end = line.indexOf(separator, start)) {
            fields.add(field(line, start, end));
            start = end + 1;
        }
        fields.add(field(line, start, line.length()));
        return fields;
    }

    private static String field(String line, int start, int end) {
        String field = line.substring(start, end).strip();
        boolean quoted = field.length() > 1 && field.startsWith("\"") && field.endsWith("\"");
        return quoted ? field.substring(1, field.length() - 1) : field;
    }

    private static boolean isNumber(String field) {
        return !field.isEmpty() && (Character.isDigit(field.charAt(0)) || field.charAt(0) == '-');
    }

    private void readHeader(List<String> names) {
        fieldOfColumn = new int[COLUMNS.size()];
        for (int column = 0; column < fieldOfColumn.length; column++) {
            fieldOfColumn[column] = indexOf(names, COLUMNS.get(column));
            if (fieldOfColumn[column] < 0) {
                throw error("the header has no column " + COLUMNS.get(column) + " (it has " + String.join(", ", names)
                        + "); rename the matching column");
            }
        }
    }

    private static int indexOf(List<String> names, String column) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(column)) {
                return i;
            }
        }
        return -1;
    }

    private long id(List<String> fields, int column) {
        String field = fields.get(fieldOfColumn[column]);
        try {
            return Long.parseLong(field);
        } catch (NumberFormatException e) {
            throw error(COLUMNS.get(column) + " \"" + field + "\" is not a 64-bit integer; number the "
                    + (column == 0 ? "sessions" : "items") + " and keep the table");
        }
    }

    private double time(List<String> fields) {
        String field = fields.get(fieldOfColumn[2]);
        try {
            double time = Double.parseDouble(field);
            if (time > LATEST_SECONDS) {
                throw error("Time " + field
                        + " is after the year 5000 in seconds; it looks like milliseconds, so divide by 1000");
            }
            if (Double.isFinite(time)) {
                return time;
            }
        } catch (NumberFormatException e) {
            // reported below, like a number that is not finite
        }
        throw error("Time \"" + field + "\" is not a number of seconds; write times as seconds since 1970");
    }

    private EvaluationException error(String problem) {
        return new EvaluationException(file + ":" + lineNumber + ": " + problem);
    }
}

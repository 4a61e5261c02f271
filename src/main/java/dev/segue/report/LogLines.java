package dev.segue.report;

import dev.segue.event.EventLogException;
import dev.segue.event.EventReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What DuckDB calls the lines of log files: JSON lines or Parquet, of any of the log's formats, in the same columns. */
final class LogLines {

    /** How listeners' ids are read, as long as all are numbers, and otherwise. */
    static final String NUMBER = "BIGINT";

    static final String TEXT = "JSON";

    /** What a line may have, with its types; what else it has is passed over. */
    private static final Map<String, String> COLUMNS = columns();

    private final boolean parquet;
    private final List<Path> paths;
    private final String files;
    private final String parquetLines;

    /**
     * Names the lines.
     *
     * @param typesOf column → type, of something that SQL can select from
     * @throws EventLogException if some of the files are Parquet and others are not
     */
    LogLines(List<Path> files, Function<String, Map<String, String>> typesOf) {
        parquet = areParquet(files);
        paths = files;
        this.files =
                files.stream().map(file -> SqlText.quoted(file.toString())).collect(Collectors.joining(", ", "[", "]"));
        parquetLines = parquet ? parquetLines(this.files, typesOf) : "";
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("message", "VARCHAR");
        columns.put("timestamp", "BIGINT");
        columns.put("user", TEXT);
        columns.put("track", "INTEGER");
        columns.put("time", "DOUBLE");
        columns.put("latency", "DOUBLE");
        columns.put("recommendation", "INTEGER");
        columns.put("experiments", "MAP(VARCHAR, VARCHAR)");
        columns.put("forced", "VARCHAR[]");
        columns.put("v", "BIGINT");
        columns.put("session", "BIGINT");
        columns.put("seq", "INTEGER");
        columns.put("recommender", "VARCHAR");
        columns.put("fallback", "INTEGER");
        return columns;
    }

    private static boolean areParquet(List<Path> files) {
        boolean parquet = files.stream().allMatch(LogLines::isParquet);
        if (!parquet && files.stream().anyMatch(LogLines::isParquet)) {
            throw new EventLogException("the logs are Parquet in part; name those and the others in two reports", null);
        }
        return parquet;
    }

    private static boolean isParquet(Path file) {
        return file.toString().endsWith(".parquet");
    }

    /** Whether they are Parquet. */
    boolean areParquet() {
        return parquet;
    }

    /**
     * How many of the files end in a torn line. Reads all.
     *
     * @throws EventLogException if the last line of one is whole, and no event
     */
    long torn() {
        return parquet ? 0 : paths.stream().filter(EventReader::isTorn).count();
    }

    /** What to select from, in SQL. */
    String of(String idType) {
        return parquet
                ? parquetLines
                : "read_json(" + files + ", format = 'newline_delimited', ignore_errors = true, columns = {"
                        + COLUMNS.entrySet().stream()
                                .map(column -> "\"" + column.getKey() + "\": '" + column.getValue() + "'")
                                .collect(Collectors.joining(", "))
                                .replace(TEXT, idType)
                        + "})";
    }

    /** Whatever their types, as far as they can be cast; what a file does not have is null. */
    private static String parquetLines(String files, Function<String, Map<String, String>> typesOf) {
        String all = "read_parquet(" + files + ", union_by_name = true)";
        Map<String, String> found = typesOf.apply(all);
        return COLUMNS.entrySet().stream()
                .map(column -> cast(column.getKey(), column.getValue(), found.get(column.getKey())))
                .collect(Collectors.joining(", ", "(select ", " from " + all + ")"));
    }

    private static String cast(String column, String type, @Nullable String found) {
        String name = "\"" + column + "\"";
        if (found == null) {
            return "cast(null as " + type + ") as " + name;
        }
        return type.equals(TEXT) ? name : "cast(" + value(name, type, found) + " as " + type + ") as " + name;
    }

    /** A column of the type found, in a form that can be cast to the wanted one: structs and JSON to maps, times to numbers. */
    private static String value(String name, String type, String found) {
        if (type.startsWith("MAP") && !found.startsWith("MAP")) {
            return found.equals("VARCHAR") ? "cast(" + name + " as json)" : "to_json(" + name + ")";
        }
        return type.equals("BIGINT") && found.startsWith("TIMESTAMP") ? "epoch_ms(" + name + ")" : name;
    }
}

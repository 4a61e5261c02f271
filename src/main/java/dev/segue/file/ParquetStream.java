package dev.segue.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * Converts the rows of a Parquet file to JSON lines with DuckDB. Types are kept: a string stays a string, even if it looks
 * like a number. Timestamps become milliseconds since 1970; structs, maps and lists become JSON.
 *
 * <p>Parent folders named {@code column=value}, as Hive and Spark write them, become columns too.
 */
final class ParquetStream extends InputStream {

    private static final String DAMAGED = "not a Parquet file, or truncated; copy it or write it again";

    /** All integers up to this limit are exact doubles. */
    private static final String EXACT = Long.toString(1L << 53);

    /** The types that DuckDB would round to doubles in JSON. */
    private static final Pattern EXACT_NUMBERS = Pattern.compile("DECIMAL.*|U?HUGEINT|UBIGINT");

    private final Connection connection;
    private final ResultSet rows;
    private final long fileBytes;
    private final long rowCount;
    private long row;
    private byte[] line = {};
    private int position;

    private ParquetStream(Path file, Connection connection) throws IOException, SQLException {
        this.connection = connection;
        fileBytes = Files.size(file);
        execute("set memory_limit = '256MB'");
        execute("set threads = 1");
        String source =
                "read_parquet(" + quoted(escaped(file)) + ", binary_as_string = true, hive_partitioning = false)";
        rowCount = count(source);
        rows = query("select cast(to_json(struct_pack(" + fields(file, source) + ")) as varchar) from " + source);
    }

    /**
     * Opens a file.
     *
     * @throws UnreadableInput if the file is not Parquet, or is damaged
     */
    static ParquetStream open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UnreadableInput("Parquet from a pipe; write it to a file and name that");
        }
        Connection connection = connect();
        try {
            return new ParquetStream(file, connection);
        } catch (SQLException e) {
            close(connection);
            throw new UnreadableInput(DAMAGED, e);
        } catch (IOException | RuntimeException e) {
            close(connection);
            throw e;
        }
    }

    private static Connection connect() throws UnreadableInput {
        try {
            return DriverManager.getConnection("jdbc:duckdb:;jdbc_stream_results=true");
        } catch (SQLException | LinkageError e) {
            throw new UnreadableInput("Parquet, and " + DuckLibrary.problem(), e);
        }
    }

    /** Escapes the characters of DuckDB's glob patterns with brackets. */
    static String escaped(Path file) {
        return file.toAbsolutePath().toString().replaceAll("[*?\\[]", "[$0]");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private void execute(String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private long count(String source) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from " + source)) {
            count.next();
            return count.getLong(1);
        }
    }

    /** Executes a query; the result is closed with the connection. */
    private ResultSet query(String query) throws SQLException {
        return connection.createStatement().executeQuery(query);
    }

    /** The SQL expressions of the columns, each converted to its JSON type. */
    private String fields(Path file, String source) throws SQLException {
        Map<String, String> values = new LinkedHashMap<>();
        Partitions.of(file)
                .forEach((name, value) ->
                        values.put(name, value instanceof String text ? quoted(text) : value.toString()));
        try (Statement statement = connection.createStatement();
                ResultSet empty = statement.executeQuery("select * from " + source + " limit 0")) {
            ResultSetMetaData columns = empty.getMetaData();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                String name = columns.getColumnName(i);
                values.put(name, value("\"" + name.replace("\"", "\"\"") + "\"", columns.getColumnTypeName(i)));
            }
        }
        var fields = new StringJoiner(", ");
        values.forEach((name, value) -> fields.add("\"" + name.replace("\"", "\"\"") + "\" := " + value));
        return fields.toString();
    }

    private static String value(String column, String type) {
        if (type.startsWith("TIMESTAMP")) {
            return "epoch_ms(" + column + ")";
        }
        if (type.equals("FLOAT") || type.equals("DOUBLE")) {
            return "case when not isfinite(" + column + ") then null when " + column + " = trunc(" + column
                    + ") and abs("
                    + column + ") <= " + EXACT + " then to_json(cast(" + column + " as bigint)) else to_json(cast("
                    + column + " as double)) end";
        }
        if (EXACT_NUMBERS.matcher(type).matches()) {
            return "cast(cast(" + column + " as varchar) as json)";
        }
        return column;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = 0;
        while (read < length) {
            if (position == line.length && !nextRow()) {
                return read == 0 ? -1 : read;
            }
            int part = Math.min(length - read, line.length - position);
            System.arraycopy(line, position, buffer, offset + read, part);
            position += part;
            read += part;
        }
        return read;
    }

    private boolean nextRow() throws IOException {
        try {
            if (!rows.next()) {
                return false;
            }
            line = (rows.getString(1) + "\n").getBytes(UTF_8);
        } catch (SQLException e) {
            throw new UnreadableInput("Parquet that is damaged after row " + row + "; copy it or write it again", e);
        }
        position = 0;
        row++;
        return true;
    }

    /** The share of the file's size that corresponds to the rows read. */
    long bytesRead() {
        return rowCount == 0 ? fileBytes : (long) ((double) fileBytes * row / rowCount);
    }

    @Override
    public void close() {
        close(connection);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // Nothing was written, so nothing is lost.
        }
    }
}

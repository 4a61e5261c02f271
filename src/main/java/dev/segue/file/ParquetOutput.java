package dev.segue.file;

import dev.segue.platform.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Writes Parquet files with DuckDB, from JSON lines. */
public final class ParquetOutput {

    private ParquetOutput() {}

    /** Whether a file is to be written as Parquet, by its name. */
    public static boolean isParquet(Path file) {
        return file.toString().endsWith(".parquet");
    }

    /**
     * Writes a file atomically, compressed by zstd.
     *
     * @param columns name of a column → its type in DuckDB, such as {@code BIGINT} or {@code VARCHAR[]}
     * @param writeLines writes the rows as JSON lines to the file that it gets
     * @throws FileException if that fails; the file is then unchanged
     */
    public static void write(Path file, Map<String, String> columns, Consumer<Path> writeLines) {
        try {
            Path work = Files.createTempDirectory("segue-parquet");
            Path lines = work.resolve("lines.jsonl");
            Path parquet = work.resolve("lines.parquet");
            try {
                writeLines.accept(lines);
                convert(lines, parquet, columns);
                OutputFile.write(file, out -> Files.copy(parquet, out));
            } finally {
                Files.deleteIfExists(lines);
                Files.deleteIfExists(parquet);
                Files.deleteIfExists(work);
            }
        } catch (IOException e) {
            throw new FileException(
                    "cannot write to the temporary folder (" + FailureReason.of(e)
                            + "); name another with -Djava.io.tmpdir",
                    e);
        }
    }

    private static void convert(Path lines, Path parquet, Map<String, String> columns) {
        if (DuckLibrary.isLeftOut()) {
            throw new FileException(DuckLibrary.problem());
        }
        String types = columns.entrySet().stream()
                .map(column -> column.getKey() + ": " + quoted(column.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("set memory_limit = '256MB'");
            statement.execute("set preserve_insertion_order = true");
            statement.execute("copy (select * from read_json(" + quoted(ParquetStream.escaped(lines))
                    + ", format = 'newline_delimited', columns = " + types + ")) to " + quoted(parquet.toString())
                    + " (format parquet, compression zstd)");
        } catch (SQLException e) {
            throw new FileException("cannot write Parquet: " + e.getMessage(), e);
        } catch (LinkageError e) {
            throw new FileException(DuckLibrary.problem(), e);
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}

package dev.segue.file;

import dev.segue.platform.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
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
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
        String unique = file.getFileName() + "." + UUID.randomUUID();
        Path lines = folder.resolve(unique + ".jsonl.tmp");
        Path parquet = folder.resolve(unique + ".tmp");
        try {
            Destination.createFolder(folder);
            writeLines.accept(lines);
            convert(lines, parquet, columns);
            Files.move(parquet, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new FileException(
                    "cannot write " + file + " (" + FailureReason.of(e)
                            + "); check the folder, its permissions and the space left",
                    e);
        } finally {
            delete(lines);
            delete(parquet);
        }
    }

    private static void convert(Path lines, Path parquet, Map<String, String> columns) {
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

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new FileException("cannot remove " + file + ": " + FailureReason.of(e), e);
        }
    }
}

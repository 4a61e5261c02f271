package dev.segue.report;

import dev.segue.event.EventLogException;
import dev.segue.event.EventLogs;
import dev.segue.event.SessionReader;
import dev.segue.listener.ListenerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads logs by SQL, with DuckDB inside this process: several times as fast as {@link LogReading}, whose figures are the same,
 * and Parquet too. The metrics are in {@code metrics.sql}, which knows nothing of the engine; {@code duckdb.sql} brings log
 * files into the form that it is given.
 */
public final class SqlReading implements AutoCloseable {

    private final ReadingOptions options;
    private final LogDatabase database;

    /**
     * Opens the logs.
     *
     * @throws dev.segue.event.EventLogException if they cannot be read
     */
    public SqlReading(EventLogs logs, ReadingOptions options) {
        this.options = options;
        database = new LogDatabase(logs.files(), options);
    }

    /**
     * One of the log's experiments.
     *
     * @param name null for the only one
     * @return null if there are lines that are wrong, other than torn last ones: {@link LogReading} says which
     * @throws ReportException if it is not in the log, or there is more than one; the message lists them
     */
    public @Nullable ExperimentData experiment(@Nullable String name) {
        Set<String> known = database.experiments(false);
        if (known.isEmpty() || (name != null && !known.contains(name))) {
            known = database.experiments(true);
        }
        String chosen = LogReading.choose(name, known, options);
        if (!database.store(chosen)) {
            return null;
        }
        if (name == null && database.number("select max(experiments) from stored") > 1) {
            LogReading.choose(null, database.experiments(true), options); // others begin later: says so
        }
        database.derive();
        if (options.from() != null && database.number("select count(*) from exposed") == 0) {
            LogReading.choose(name, List.of(), options); // says that nothing is since then
        }
        return data(chosen);
    }

    private ExperimentData data(String name) {
        CompletableFuture<SessionReader.Counts> counts = CompletableFuture.supplyAsync(this::countAside);
        List<ExposedListener> listeners = new ArrayList<>();
        TreeSet<String> arms = ExperimentData.inOrder();
        database.forEachListener(row -> {
            listeners.add(listener(row));
            arms.add(row.getString("arm"));
        });
        Observations latencies = options.observations() ? new Observations() : null;
        Observations times = options.observations() ? new Observations() : null;
        if (latencies != null && times != null) {
            observe(latencies, "select ordinal, 1000 * latency from heard");
            observe(
                    times,
                    "select l.ordinal, s.time from session s join listener l on l.listener = s.listener "
                            + "where s.closed = 1 and s.arm <> ''");
        }
        return new ExperimentData(
                name,
                List.copyOf(arms),
                listeners,
                new LogFacts(
                        result(counts),
                        database.number("select count(*) from exposed where arms > 1"),
                        database.number("select count(*) from exposed where forced = 1"),
                        database.number("select count(*) from session where early_arm <> ''")),
                recommended(),
                latencies,
                times,
                database.number("select max(ended) from session where closed = 1 and arm <> '' and forced = 0"),
                options);
    }

    private static ExposedListener listener(ResultSet rows) throws SQLException {
        SessionTotals before = totals(rows, "before_");
        return new ExposedListener(
                id(rows.getString("id")),
                rows.getString("arm"),
                rows.getInt("ordinal"),
                rows.getLong("arrived"),
                before.sessions() == 0 ? null : before,
                totals(rows, ""),
                totals(rows, "window_"),
                rows.getLong("window_end"));
    }

    private static SessionTotals totals(ResultSet rows, String prefix) throws SQLException {
        return new SessionTotals(
                rows.getLong(prefix + "sessions"),
                rows.getLong(prefix + "tracks"),
                nineDecimals(rows.getDouble(prefix + "time")),
                rows.getLong(prefix + "requests"),
                Math.round(1e9 * rows.getDouble(prefix + "latency")),
                rows.getLong(prefix + "chosen_tracks"),
                nineDecimals(rows.getDouble(prefix + "chosen_time")),
                rows.getLong(prefix + "skips"),
                rows.getLong(prefix + "answers"),
                rows.getLong(prefix + "fallbacks"),
                rows.getLong(prefix + "artists"));
    }

    /** Without the last digits of a sum, which depend on the order of its terms. */
    private static double nineDecimals(double sum) {
        return Math.round(1e9 * sum) / 1e9;
    }

    /** Loaded where ids are strings only: it takes a sixth of a second. */
    private static final class Json {
        static final JsonMapper MAPPER = new JsonMapper();
    }

    /** As JSON has it: a number, or a string in quotes; Parquet may have plain strings. */
    private static ListenerId id(String text) {
        if (!text.startsWith("\"")) {
            return ListenerId.parse(text);
        }
        return ListenerId.ofString(Json.MAPPER.readTree(text).stringValue());
    }

    private void observe(Observations observations, String query) {
        database.forEach(query, row -> observations.add(row.getInt(1), row.getDouble(2)));
    }

    private Map<String, Set<Integer>> recommended() {
        Map<String, Set<Integer>> recommended = new HashMap<>();
        database.forEachOf(
                "recommended",
                row -> recommended
                        .computeIfAbsent(row.getString(1), arm -> new HashSet<>())
                        .add(row.getInt(2)));
        return recommended;
    }

    /** In a connection of its own, so that DuckDB has something to do while Java reads rows. */
    private SessionReader.Counts countAside() {
        try (LogDatabase aside = database.again()) {
            return counts(aside);
        }
    }

    private static <T> T result(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof EventLogException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Events of sessions older than the one their listener was in are put into those here. */
    private static SessionReader.Counts counts(LogDatabase database) {
        long[] odd = new long[2];
        database.forEachOf("oddities", row -> {
            odd[0] = row.getLong("unexpected");
            odd[1] = row.getLong("backwards");
        });
        return new SessionReader.Counts(
                database.number("select count(*) from stored"),
                database.number("select count(*) from session where closed = 1"),
                database.number("select count(*) from session where closed = 0"),
                0,
                odd[0],
                odd[1],
                database.tornLines());
    }

    @Override
    public void close() {
        database.close();
    }
}

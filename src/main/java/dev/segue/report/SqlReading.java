package dev.segue.report;

import dev.segue.event.EventLogException;
import dev.segue.event.EventLogs;
import dev.segue.event.SessionReader;
import dev.segue.listener.ListenerId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads logs by SQL, with DuckDB inside this process: several times as fast as {@link LogReading}, whose figures are the same,
 * and Parquet too. The metrics are in {@code metrics.sql}, which knows nothing of the engine; {@code duckdb.sql} brings log
 * files into the form that it is given.
 */
public final class SqlReading implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final SqlText METRICS = new SqlText("metrics.sql");
    private static final SqlText DUCKDB = new SqlText("duckdb.sql");

    /** Beside the heap; what does not fit is put into the temporary folder. */
    private static final String MEMORY_LIMIT = "400MB";

    /** What a line may have; what else it has is passed over. */
    private static final String COLUMNS =
            "{message: 'VARCHAR', \"timestamp\": 'BIGINT', \"user\": 'JSON', track: 'INTEGER', "
                    + "time: 'DOUBLE', latency: 'DOUBLE', recommendation: 'INTEGER', experiments: 'MAP(VARCHAR, VARCHAR)', "
                    + "forced: 'VARCHAR[]', session: 'BIGINT', seq: 'INTEGER', recommender: 'VARCHAR', fallback: 'INTEGER'}";

    /** What is summed up beside the number of sessions: columns of the part "session". */
    private static final List<String> SUMS = List.of(
            "tracks",
            "time",
            "requests",
            "latency",
            "chosen_tracks",
            "chosen_time",
            "skips",
            "answers",
            "fallbacks",
            "artists");

    private final Connection connection;
    private final Statement statement;
    private final ReadingOptions options;
    private final String lines;
    private final Set<String> experiments = new TreeSet<>();
    private long events;
    private long unreadable;

    /**
     * Looks through the logs.
     *
     * @throws EventLogException if they cannot be read
     */
    public SqlReading(EventLogs logs, ReadingOptions options) {
        this.options = options;
        lines = lines(logs.files());
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
            statement = connection.createStatement();
            statement.execute("set memory_limit = '" + MEMORY_LIMIT + "'");
            try (ResultSet seen = statement.executeQuery(DUCKDB.part("seen", Map.of("lines", lines)))) {
                while (seen.next()) {
                    note((Map<?, ?>) seen.getObject(1));
                    events += seen.getLong(2);
                    unreadable += seen.getLong(3);
                }
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private void note(@Nullable Map<?, ?> arms) {
        if (arms != null) {
            arms.keySet().forEach(experiment -> experiments.add(String.valueOf(experiment)));
        }
    }

    private static EventLogException failed(SQLException e) {
        return new EventLogException("DuckDB cannot read the log: " + e.getMessage(), e);
    }

    private static String lines(List<Path> files) {
        boolean parquet = files.stream().allMatch(SqlReading::isParquet);
        if (!parquet && files.stream().anyMatch(SqlReading::isParquet)) {
            throw new EventLogException("the logs are Parquet in part; name those and the others in two reports", null);
        }
        String names =
                files.stream().map(file -> SqlText.quoted(file.toString())).collect(Collectors.joining(", ", "[", "]"));
        return parquet
                ? "read_parquet(" + names + ", union_by_name = true)"
                : "read_json(" + names + ", format = 'newline_delimited', ignore_errors = true, columns = " + COLUMNS
                        + ")";
    }

    private static boolean isParquet(Path file) {
        return file.toString().endsWith(".parquet");
    }

    /**
     * Lines that are torn or wrong: {@link LogReading} knows which, and whether that is an error. Figures must not be asked for
     * then.
     */
    public long unreadable() {
        return unreadable;
    }

    /**
     * One of the log's experiments.
     *
     * @param name null for the only one
     * @throws ReportException if it is not in the log, or there is more than one; the message lists them
     */
    public ExperimentData experiment(@Nullable String name) {
        String chosen = LogReading.choose(name, experiments, options);
        try {
            store(chosen);
            return data(chosen);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private void store(String experiment) throws SQLException {
        Map<String, String> values = new HashMap<>();
        values.put("lines", lines);
        values.put("arm", "experiments[" + SqlText.quoted(experiment) + "]");
        values.put(
                "forced",
                lines.startsWith("read_parquet") && !hasColumn("forced")
                        ? "0"
                        : "coalesce(list_contains(forced, " + SqlText.quoted(experiment) + "), false)");
        boolean artists = options.facts().areKnown();
        values.put("artist", artists ? "coalesce(a.artist, -2 - s.track)" : "cast(null as integer)");
        values.put("artists", artists ? "left join track_artist a on a.track = s.track" : "");
        if (artists) {
            storeArtists();
        }
        statement.execute("create temp table stored as " + DUCKDB.part("stored", values));
        statement.execute("create temp view event as " + DUCKDB.part("event", values));
        values.put("from", Long.toString(options.from() == null ? Long.MIN_VALUE : options.from()));
        values.put("window", Long.toString(options.window().toMillis()));
        values.put("skip_time", Double.toString(SessionTotals.SKIP_TIME));
        values.put("totals", totals(values));
        for (String part : List.of("numbered", "session", "exposed", "listener", "heard")) {
            String kind = part.equals("numbered") || part.equals("heard") ? "view " : "table ";
            statement.execute("create temp " + kind + part + " as " + METRICS.part(part, values));
        }
    }

    private boolean hasColumn(String column) throws SQLException {
        try (ResultSet columns = statement.executeQuery("describe select * from " + lines)) {
            while (columns.next()) {
                if (columns.getString(1).equals(column)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void storeArtists() throws SQLException {
        statement.execute("create temp table track_artist (track integer, artist integer)");
        try (var insert = connection.prepareStatement("insert into track_artist select unnest(?), unnest(?)")) {
            Object[] tracks = new Object[options.facts().tracks()];
            Object[] artists = new Object[tracks.length];
            for (int row = 0; row < tracks.length; row++) {
                int track = options.facts().trackAt().applyAsInt(row);
                tracks[row] = track;
                artists[row] = options.facts().artist(track);
            }
            insert.setArray(1, connection.createArrayOf("INTEGER", tracks));
            insert.setArray(2, connection.createArrayOf("INTEGER", artists));
            insert.execute();
        }
    }

    /** The sums over three spans: all in the experiment, in the window, before it. */
    private static String totals(Map<String, String> values) {
        Map<String, String> spans = new LinkedHashMap<>();
        spans.put("", "s.arm <> ''");
        spans.put("window_", "s.arm <> '' and s.begun < e.arrived + " + values.get("window"));
        spans.put("before_", "s.begun < e.arrived");
        List<String> columns = new ArrayList<>();
        spans.forEach((prefix, condition) -> {
            String when = "case when s.closed = 1 and " + condition + " then ";
            columns.add("    count(" + when + "1 end) as " + prefix + "sessions");
            SUMS.forEach(sum -> columns.add("    sum(" + when + "s." + sum + " end) as " + prefix + sum));
        });
        return String.join(",\n", columns);
    }

    private ExperimentData data(String name) throws SQLException {
        List<ExposedListener> listeners = new ArrayList<>();
        TreeSet<String> arms = ExperimentData.inOrder();
        try (ResultSet rows = statement.executeQuery("select * from listener order by ordinal")) {
            while (rows.next()) {
                listeners.add(listener(rows));
                arms.add(rows.getString("arm"));
            }
        }
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
                number("select count(*) from exposed where arms > 1"),
                number("select count(*) from exposed where forced = 1"),
                recommended(),
                latencies,
                times,
                number("select max(ended) from session where closed = 1 and arm <> ''"),
                options);
    }

    private static ExposedListener listener(ResultSet rows) throws SQLException {
        SessionTotals before = totals(rows, "before_");
        return new ExposedListener(
                id(rows.getString("listener")),
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
                rows.getDouble(prefix + "time"),
                rows.getLong(prefix + "requests"),
                Math.round(1e9 * rows.getDouble(prefix + "latency")),
                rows.getLong(prefix + "chosen_tracks"),
                rows.getDouble(prefix + "chosen_time"),
                rows.getLong(prefix + "skips"),
                rows.getLong(prefix + "answers"),
                rows.getLong(prefix + "fallbacks"),
                rows.getLong(prefix + "artists"));
    }

    /** As JSON has it: a number, or a string in quotes; Parquet may have plain strings. */
    private static ListenerId id(String text) {
        if (!text.startsWith("\"")) {
            return ListenerId.parse(text);
        }
        JsonNode string = JSON.readTree(text);
        return ListenerId.ofString(string.stringValue());
    }

    private void observe(Observations observations, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                observations.add(rows.getInt(1), rows.getDouble(2));
            }
        }
    }

    private Map<String, Set<Integer>> recommended() throws SQLException {
        Map<String, Set<Integer>> recommended = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(
                "select distinct arm, recommendation from heard where recommendation is not null")) {
            while (rows.next()) {
                recommended
                        .computeIfAbsent(rows.getString(1), arm -> new HashSet<>())
                        .add(rows.getInt(2));
            }
        }
        return recommended;
    }

    /**
     * What was met while reading, once an experiment was asked for. Events of sessions older than the one their listener was in
     * are put into those here.
     */
    public SessionReader.Counts counts() {
        try (ResultSet odd = statement.executeQuery(METRICS.part("oddities", Map.of()))) {
            odd.next();
            long unexpected = odd.getLong(1);
            long backwards = odd.getLong(2);
            return new SessionReader.Counts(
                    events,
                    number("select count(*) from session where closed = 1"),
                    number("select count(*) from session where closed = 0"),
                    0,
                    unexpected,
                    backwards,
                    0);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private long number(String query) throws SQLException {
        try (Statement other = connection.createStatement();
                ResultSet rows = other.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}

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

    /** How many lines are looked at for the experiments' names first; all only if these do not tell. */
    private static final int BEGINNING = 10_000;

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

    /**
     * Opens the logs.
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
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The experiments of the log; unless all are asked for, of its beginning. */
    private Set<String> experiments(boolean all) throws SQLException {
        Set<String> experiments = new TreeSet<>();
        String some = all ? lines : "(select * from " + lines + " limit " + BEGINNING + ")";
        try (ResultSet seen = statement.executeQuery(DUCKDB.part("seen", Map.of("lines", some)))) {
            while (seen.next()) {
                experiments.add(seen.getString(1));
            }
        }
        return experiments;
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
     * One of the log's experiments.
     *
     * @param name null for the only one
     * @return null if there are lines that are torn or wrong: {@link LogReading} knows which, and whether that is an error
     * @throws ReportException if it is not in the log, or there is more than one; the message lists them
     */
    public @Nullable ExperimentData experiment(@Nullable String name) {
        try {
            Set<String> known = experiments(false);
            if (known.isEmpty() || (name != null && !known.contains(name))) {
                known = experiments(true);
            }
            String chosen = LogReading.choose(name, known, options);
            store(chosen);
            if (number("select count(*) from stored where is_last is null") > 0) {
                return null;
            }
            if (name == null && number("select max(experiments) from stored") > 1) {
                LogReading.choose(null, experiments(true), options); // others begin later: says so
            }
            makeTables();
            return data(chosen);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Brings the log into memory, in the form of one experiment. */
    private void store(String experiment) throws SQLException {
        String name = SqlText.quoted(experiment);
        boolean forced = !lines.startsWith("read_parquet") || hasColumn("forced");
        boolean artists = options.facts().areKnown();
        if (artists) {
            storeArtists();
        }
        Map<String, String> values = Map.of(
                "lines", lines,
                "arm", "experiments[" + name + "]",
                "forced", forced ? "coalesce(list_contains(forced, " + name + "), false)" : "0",
                "artist", artists ? "coalesce(a.artist, -2 - s.track)" : "cast(null as integer)",
                "artists", artists ? "left join track_artist a on a.track = s.track" : "");
        statement.execute("create temp table stored as " + DUCKDB.part("stored", values));
        statement.execute("create temp view event as " + DUCKDB.part("event", values));
    }

    private void makeTables() throws SQLException {
        String window = Long.toString(options.window().toMillis());
        Map<String, String> values = Map.of(
                "from", Long.toString(options.from() == null ? Long.MIN_VALUE : options.from()),
                "window", window,
                "skip_time", Double.toString(SessionTotals.SKIP_TIME),
                "totals", totals(window));
        boolean numbering = number("select count(*) from stored where session = 0") > 0;
        for (String part : List.of("numbered", "session", "exposed", "listener", "heard")) {
            boolean cheap = part.equals("heard") || (part.equals("numbered") && !numbering);
            statement.execute(
                    "create temp " + (cheap ? "view " : "table ") + part + " as " + METRICS.part(part, values));
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
    private static String totals(String window) {
        Map<String, String> spans = new LinkedHashMap<>();
        spans.put("", "s.arm <> ''");
        spans.put("window_", "s.arm <> '' and s.begun < e.arrived + " + window);
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
                    number("select count(*) from stored"),
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

package dev.segue.report;

import dev.segue.event.EventLogException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A log in DuckDB, inside this process: the tables that {@code metrics.sql} makes of one experiment. What goes wrong is an
 * {@link EventLogException}.
 */
final class LogDatabase implements AutoCloseable {

    private static final SqlText METRICS = new SqlText("metrics.sql");
    private static final SqlText DUCKDB = new SqlText("duckdb.sql");

    /** Beside the heap; what does not fit is put into the temporary folder. */
    private static final String MEMORY_LIMIT = "256MB";

    /** How many lines are looked at for the experiments' names first; all only if these do not tell. */
    private static final int BEGINNING = 10_000;

    /** What a line may have; what else it has is passed over. */
    private static final String COLUMNS =
            "{message: 'VARCHAR', \"timestamp\": 'BIGINT', \"user\": '${user}', track: 'INTEGER', "
                    + "time: 'DOUBLE', latency: 'DOUBLE', recommendation: 'INTEGER', experiments: 'MAP(VARCHAR, VARCHAR)', "
                    + "forced: 'VARCHAR[]', session: 'BIGINT', seq: 'INTEGER', recommender: 'VARCHAR', fallback: 'INTEGER'}";

    /** How listeners' ids are read, as long as all are numbers, and otherwise. */
    private static final String NUMBER = "BIGINT";

    private static final String TEXT = "JSON";

    /** Parts that cost less anew than kept. */
    private static final Set<String> VIEWS = Set.of("numbered", "heard");

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
    private final ReadingOptions options;
    private final boolean parquet;
    private final String files;

    LogDatabase(List<Path> files, ReadingOptions options) {
        this.options = options;
        parquet = areParquet(files);
        this.files =
                files.stream().map(file -> SqlText.quoted(file.toString())).collect(Collectors.joining(", ", "[", "]"));
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:;jdbc_stream_results=true");
        } catch (SQLException e) {
            throw failed(e);
        }
        execute("set memory_limit = '" + MEMORY_LIMIT + "'");
        execute("attach ':memory:' as log (compress)");
        execute("use log");
    }

    private static boolean areParquet(List<Path> files) {
        boolean parquet = files.stream().allMatch(LogDatabase::isParquet);
        if (!parquet && files.stream().anyMatch(LogDatabase::isParquet)) {
            throw new EventLogException("the logs are Parquet in part; name those and the others in two reports", null);
        }
        return parquet;
    }

    /** What SQL calls the log's lines. */
    private String lines(String idType) {
        return parquet
                ? "read_parquet(" + files + ", union_by_name = true)"
                : "read_json(" + files + ", format = 'newline_delimited', ignore_errors = true, columns = "
                        + COLUMNS.replace("${user}", idType) + ")";
    }

    private static boolean isParquet(Path file) {
        return file.toString().endsWith(".parquet");
    }

    /** The log's experiments; unless all are asked for, those of its beginning. */
    Set<String> experiments(boolean all) {
        Set<String> experiments = new TreeSet<>();
        forEach(
                DUCKDB.part("seen", Map.of("lines", all ? lines(TEXT) : beginning())),
                row -> experiments.add(row.getString(1)));
        return experiments;
    }

    private String beginning() {
        return "(select * from " + lines(TEXT) + " limit " + BEGINNING + ")";
    }

    /**
     * Brings the log into memory, in the form of one experiment.
     *
     * @return whether all lines could be read
     */
    boolean store(String experiment) {
        if (options.facts().areKnown()) {
            storeArtists();
        }
        if (number(DUCKDB.part("texts", Map.of("lines", beginning()))) > 0 || !store(experiment, NUMBER)) {
            return store(experiment, TEXT);
        }
        return true;
    }

    private boolean store(String experiment, String idType) {
        String name = SqlText.quoted(experiment);
        String text = "cast(\"user\" as varchar)";
        boolean numbers = idType.equals(NUMBER);
        boolean forced = !parquet || hasColumn("forced");
        boolean artists = options.facts().areKnown();
        Map<String, String> values = Map.of(
                "lines", lines(idType),
                "id", numbers ? "cast(null as varchar)" : text,
                "listener",
                        numbers
                                ? "try_cast(\"user\" as bigint)"
                                : "cast(hash(trim(" + text + ", '\"')) >> 1 as bigint)",
                "arm", "experiments[" + name + "]",
                "forced", forced ? "coalesce(list_contains(forced, " + name + "), false)" : "0",
                "artist", artists ? "coalesce(a.artist, -2 - s.track)" : "cast(null as integer)",
                "artists", artists ? "left join track_artist a on a.track = s.track" : "");
        execute("create or replace table stored as " + DUCKDB.part("stored", values));
        execute("create or replace view event as " + DUCKDB.part("event", values));
        return number("select count(*) from stored where is_last is null or listener is null or listener < 0") == 0;
    }

    private boolean hasColumn(String column) {
        Set<String> columns = new HashSet<>();
        forEach("describe select * from " + lines(TEXT), row -> columns.add(row.getString(1)));
        return columns.contains(column);
    }

    private void storeArtists() {
        execute("create table track_artist (track integer, artist integer)");
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
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Makes the tables of {@code metrics.sql}. */
    void derive() {
        String window = Long.toString(options.window().toMillis());
        Map<String, String> values = Map.of(
                "from", Long.toString(options.from() == null ? Long.MIN_VALUE : options.from()),
                "window", window,
                "skip_time", Double.toString(SessionTotals.SKIP_TIME),
                "artists", options.facts().areKnown() ? "count(distinct artist)" : "0",
                "totals", totals(window));
        for (String part : List.of("counted", "numbered", "session", "exposed", "listener", "heard")) {
            String kind = VIEWS.contains(part) ? "view " : "table ";
            execute("create " + kind + part + " as " + METRICS.part(part, values));
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

    /** The experiment's listeners with their ids, in the order in which they arrived. */
    void forEachListener(RowReader reader) {
        forEach(DUCKDB.part("identified", Map.of()), reader);
    }

    /** The one row of {@code metrics.sql}'s "oddities". */
    void oddities(RowReader reader) {
        forEach(METRICS.part("oddities", Map.of()), reader);
    }

    /** What reads a row of a result, while it is the current one. */
    @FunctionalInterface
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    void forEach(String query, RowReader reader) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                reader.read(rows);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The number that the query gives; 0 for null. */
    long number(String query) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private void execute(String command) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static EventLogException failed(SQLException e) {
        return new EventLogException("DuckDB cannot read the log: " + e.getMessage(), e);
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

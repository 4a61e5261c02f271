package dev.segue.report;

import dev.segue.event.Event;
import dev.segue.event.EventLogException;
import dev.segue.input.DuckLibrary;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.duckdb.DuckDBConnection;

/**
 * A log in DuckDB, inside this process: the tables that {@code metrics.sql} makes of one experiment. What goes wrong is an
 * {@link EventLogException}.
 */
final class LogDatabase implements AutoCloseable {

    private static final SqlText METRICS = new SqlText("metrics.sql");
    private static final SqlText DUCKDB = new SqlText("duckdb.sql");

    /** Beside the heap; what does not fit is put into the temporary folder. */
    private static final String MEMORY_LIMIT = "256MB";

    private static final String REMEDY =
            "name another, as in: java -Djava.io.tmpdir=/var/tmp -jar segue.jar report ...";

    /** How many lines are looked at for the experiments' names first; all only if these do not tell. */
    private static final int BEGINNING = 10_000;

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
    private final LogLines lines;
    private long tornLines;

    LogDatabase(List<Path> files, ReadingOptions options) {
        this.options = options;
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:;jdbc_stream_results=true");
        } catch (SQLException e) {
            throw failed(e);
        } catch (LinkageError e) {
            throw new EventLogException(DuckLibrary.problem(), e);
        }
        execute("set memory_limit = '" + MEMORY_LIMIT + "'");
        String folder = "segue-duckdb-" + ProcessHandle.current().pid();
        execute("set temp_directory = "
                + SqlText.quoted(Path.of(temporaryFolder(), folder).toString()));
        execute("attach ':memory:' as log (compress)");
        execute("use log");
        lines = new LogLines(files, this::columnTypes);
    }

    private LogDatabase(LogDatabase other) {
        options = other.options;
        lines = other.lines;
        tornLines = other.tornLines;
        try {
            connection = other.connection.unwrap(DuckDBConnection.class).duplicate();
        } catch (SQLException e) {
            throw failed(e);
        }
        execute("use log");
    }

    /** The same tables in a connection of its own, for another thread; to be closed as well. */
    LogDatabase again() {
        return new LogDatabase(this);
    }

    private Map<String, String> columnTypes(String source) {
        Map<String, String> types = new HashMap<>();
        forEach(DUCKDB.part("columns", Map.of("lines", source)), row -> types.put(row.getString(1), row.getString(2)));
        return types;
    }

    /** The log's experiments; unless all are asked for, those of its beginning. */
    Set<String> experiments(boolean all) {
        Set<String> experiments = new TreeSet<>();
        forEach(
                DUCKDB.part("seen", Map.of("lines", all ? lines.of(LogLines.TEXT) : beginning())),
                row -> experiments.add(row.getString(1)));
        return experiments;
    }

    private String beginning() {
        return "(select * from " + lines.of(LogLines.TEXT) + " limit " + BEGINNING + ")";
    }

    /**
     * Brings the log into memory, in the form of one experiment.
     *
     * @return whether all lines could be read
     * @throws EventLogException if rows of Parquet could not
     */
    boolean store(String experiment) {
        if (options.facts().areKnown()) {
            storeArtists();
        }
        if (number(DUCKDB.part("texts", Map.of("lines", beginning()))) > 0 || !store(experiment, LogLines.NUMBER)) {
            return store(experiment, LogLines.TEXT);
        }
        return true;
    }

    private boolean store(String experiment, String idType) {
        String name = SqlText.quoted(experiment);
        String text = lines.areParquet() ? "cast(\"user\" as varchar)" : "nullif(cast(\"user\" as varchar), 'null')";
        boolean numbers = idType.equals(LogLines.NUMBER);
        boolean artists = options.facts().areKnown();
        Map<String, String> values = Map.of(
                "version",
                Integer.toString(Event.VERSION),
                "lines",
                lines.of(idType),
                "id",
                numbers ? "cast(null as varchar)" : text,
                "listener",
                numbers
                        ? "try_cast(\"user\" as bigint)"
                        : "cast(case when " + text + " is not null then hash(trim(" + text
                                + ", '\"')) >> 1 end as bigint)",
                "arm",
                "experiments[" + name + "]",
                "forced",
                "coalesce(list_contains(forced, " + name + "), false)",
                "artist",
                artists ? "coalesce(a.artist, -2 - s.track)" : "cast(null as integer)",
                "artists",
                artists ? "left join track_artist a on a.track = s.track" : "");
        execute("create or replace table stored as " + DUCKDB.part("stored", values));
        execute("create or replace view event as " + DUCKDB.part("event", values));
        long wrong = number("select count(*) from stored where is_last is null or listener is null or listener < 0"
                + (lines.areParquet() ? "" : " or experiments is null"));
        if (wrong > 0 && lines.areParquet() && !numbers) {
            throw new EventLogException(
                    wrong
                            + " rows of the Parquet files are no events: they lack message, timestamp, user, track or time,"
                            + " or these are out of range",
                    null);
        }
        return wrong == 0 || areTorn(wrong);
    }

    /** Leaves out the wrong lines if they are the files' last ones, cut short by the end of a process. */
    private boolean areTorn(long wrong) {
        tornLines = lines.torn();
        if (wrong != tornLines) {
            return false;
        }
        execute("delete from stored where is_last is null");
        return true;
    }

    /** How many torn lines are left out. */
    long tornLines() {
        return tornLines;
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
        boolean anew = number(METRICS.part("begun_anew", Map.of())) > 0;
        execute("create " + (anew ? "table" : "view") + " told as "
                + METRICS.part(anew ? "told_apart" : "told", Map.of()));
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

    /** A part of {@code metrics.sql} that is asked for but once. */
    void forEachOf(String part, RowReader reader) {
        forEach(METRICS.part(part, Map.of()), reader);
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
        String message = String.valueOf(e.getMessage());
        return new EventLogException(
                "DuckDB cannot read the log: "
                        + (message.contains("temp_directory")
                                ? "it is larger than memory, and " + elsewhere()
                                : message.lines().findFirst().orElse("")),
                e);
    }

    private static String elsewhere() {
        return "the temporary folder " + temporaryFolder() + " may be full or read-only: make room there, or " + REMEDY;
    }

    private static String temporaryFolder() {
        return System.getProperty("java.io.tmpdir");
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

package dev.segue.importing;

import dev.segue.id.NamedTrackId;
import dev.segue.importing.Mapping.Column;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns the rows of one file into playbacks of the table. */
final class PlayReader implements Consumer<Row> {

    private static final Set<String> TRUE = Set.of("true", "1", "1.0", "yes", "y", "t", "s"); // S: Rockbox's rating
    private static final String TRACK_DONE = "trackdone";
    private static final double PERCENT = 100;
    private static final int[] NONE = {};

    private final PlayTable table;
    private final RowCounts counts;
    private final Timestamps timestamps;
    private final Mapping mapping;
    private final String defaultListener;
    private final Map<Role, int[]> columnsOf = new EnumMap<>(Role.class);

    private final int completeReason;
    private final boolean isPercent;
    private @Nullable Reason problem;
    private String wrongValue = "";

    PlayReader(PlayTable table, RowCounts counts, Mapping mapping, ImportOptions options) {
        this.table = table;
        this.counts = counts;
        this.mapping = mapping;
        timestamps = new Timestamps(options.timestampUnit(), options.zone());
        defaultListener = options.defaultListener() == null ? ImportOptions.ONE_LISTENER : options.defaultListener();
        List<String> names = mapping.names();
        for (Role role : Role.values()) {
            int[] columns = mapping.of(role).stream()
                    .mapToInt(column -> names.indexOf(column.name()))
                    .toArray();
            columnsOf.put(role, columns);
        }
        completeReason = names.indexOf(mapping.completeReason());
        isPercent =
                mapping.of(Role.SHARE).stream().anyMatch(column -> column.name().matches("(?i).*(pct|percent).*"));
    }

    @Override
    public void accept(Row row) {
        counts.addRead();
        problem = row.problem();
        wrongValue = row.problemText();
        if (problem == null) {
            read(row);
        }
        if (problem != null) {
            count(problem, row, wrongValue);
        }
    }

    private void read(Row row) {
        int listenerColumn = column(row, Role.LISTENER);
        String listener =
                listenerColumn >= 0 ? row.text(listenerColumn) : mapping.oneListener() ? defaultListener : null;
        int trackColumn = column(row, Role.TRACK);
        String track = trackColumn >= 0 ? row.text(trackColumn) : derivedId(row);
        requireId(listener, type(row, listenerColumn), Reason.NO_LISTENER);
        requireId(track, type(row, trackColumn), Reason.NO_TRACK);
        requireSession(row);
        long timestamp = timestamp(row);
        boolean local = timestamps.wasLocal();
        float share = share(row);
        int played = played(row);
        if (problem != null || listener == null || track == null) {
            return;
        }
        if (local) {
            count(Reason.LOCAL_TIME, row, text(row, Role.TIMESTAMP));
        }
        int trackNumber = table.tracks.number(track, type(row, trackColumn));
        if (table.tracks.isMixed()) {
            count(Reason.MIXED_ID, row, track);
        }
        for (Role role : TrackTexts.ROLES) {
            table.texts.add(trackNumber, role, value(row, role));
        }
        int listenerNumber = table.listeners.number(listener, type(row, listenerColumn));
        table.add(
                listenerNumber,
                trackNumber,
                timestamp,
                played,
                duration(row),
                share,
                flags(row),
                row.number(),
                session(row));
    }

    private int session(Row row) {
        String session = value(row, Role.SESSION);
        return session == null ? PlayTable.NO_SESSION : table.sessions.number(session, 0);
    }

    /** The column of a role that has a value in a row; -1 if there is none. */
    private int column(Row row, Role role) {
        for (int column : columns(role)) {
            if (row.text(column) != null) {
                return column;
            }
        }
        return -1;
    }

    private int[] columns(Role role) {
        return columnsOf.getOrDefault(role, NONE);
    }

    private @Nullable String value(Row row, Role role) {
        int column = column(row, role);
        return column < 0 ? null : row.text(column);
    }

    private String text(Row row, Role role) {
        String value = value(row, role);
        return value == null ? "" : value;
    }

    /** The unit of the column of a role that has a value. */
    private DurationUnit unit(Row row, Role role) {
        int[] columns = columns(role);
        List<Column> mapped = mapping.of(role);
        for (int i = 0; i < columns.length; i++) {
            if (row.text(columns[i]) != null) {
                return mapped.get(i).unit();
            }
        }
        return DurationUnit.MILLISECONDS;
    }

    /** The id by artist and title; null without a title. */
    private @Nullable String derivedId(Row row) {
        String title = value(row, Role.TITLE);
        return title == null ? null : NamedTrackId.of(value(row, Role.ARTIST), title);
    }

    /** The type of a column's value; a string if the value is not from a column. */
    private static Row.Type type(Row row, int column) {
        return column < 0 ? Row.Type.STRING : row.type(column);
    }

    private void requireSession(Row row) {
        String session = value(row, Role.SESSION);
        if (session != null && !Ids.isShort(session)) {
            setProblem(Reason.ID_TOO_LONG, session);
        }
    }

    private void requireId(@Nullable String id, Row.Type type, Reason missing) {
        if (id == null) {
            setProblem(missing, "");
        } else if (!Ids.isShort(id)) {
            setProblem(Reason.ID_TOO_LONG, id);
        } else if (!Ids.isValid(id, type)) {
            setProblem(Reason.BAD_ID, id);
        }
    }

    private void setProblem(Reason reason, String value) {
        if (problem == null) {
            problem = reason;
            wrongValue = value;
        }
    }

    private long timestamp(Row row) {
        String text = value(row, Role.TIMESTAMP);
        if (text == null) {
            setProblem(Reason.NO_TIMESTAMP, "");
            return 0;
        }
        long timestamp = timestamps.parse(text);
        if (timestamp == Timestamps.INVALID) {
            setProblem(Reason.BAD_TIMESTAMP, text);
        } else if (!timestamps.isPlausible(timestamp)) {
            setProblem(Reason.IMPLAUSIBLE_TIMESTAMP, text);
        }
        return timestamp;
    }

    private float share(Row row) {
        String text = value(row, Role.SHARE);
        if (text == null) {
            return Float.NaN;
        }
        double share = Numbers.parse(text) / (isPercent ? PERCENT : 1);
        if (!(share >= 0)) {
            setProblem(Reason.BAD_SHARE, text);
        }
        return (float) share;
    }

    private int played(Row row) {
        String text = value(row, Role.PLAYED);
        if (text == null) {
            return Durations.UNKNOWN;
        }
        int played = Durations.parse(text, unit(row, Role.PLAYED));
        if (played == Durations.INVALID) {
            setProblem(Reason.BAD_PLAYED, text);
        }
        return played;
    }

    /** The duration in ms. 0 stands for an unknown duration in many services. */
    private int duration(Row row) {
        String text = value(row, Role.DURATION);
        if (text == null) {
            return Durations.UNKNOWN;
        }
        int duration = Durations.parse(text, unit(row, Role.DURATION));
        if (duration == Durations.INVALID) {
            count(Reason.BAD_DURATION, row, text);
        }
        return duration > 0 ? duration : Durations.UNKNOWN;
    }

    private int flags(Row row) {
        int flags = mapping.timestamps() == TimestampMark.END ? PlayTable.MARKS_END : 0;
        String skipped = value(row, Role.SKIPPED);
        if (skipped != null) {
            flags |= TRUE.contains(skipped.toLowerCase(Locale.ROOT)) ? PlayTable.SKIPPED : PlayTable.NOT_SKIPPED;
        }
        boolean complete = completeReason >= 0 && TRACK_DONE.equals(row.text(completeReason));
        return flags | (complete ? PlayTable.COMPLETE : 0);
    }

    private void count(Reason reason, Row row, String value) {
        counts.add(reason);
        if (counts.needsExample(reason)) {
            counts.setExample(reason, row.place(), value);
        }
    }
}

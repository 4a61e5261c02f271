package dev.segue.importing;

import dev.segue.importing.Mapping.Column;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the roles of a file's columns: by options, then by the format, then by their names. */
final class Mapper {

    /** A column with larger numbers has milliseconds: 10,000 seconds are nearly three hours. */
    private static final double MAX_SECONDS = 10_000;

    private static final Pattern MILLISECONDS =
            Pattern.compile(".*(^|[_.-])(ms|millis|milliseconds)([_.-].*|$)|.*Ms|ms[A-Z].*");
    private static final Pattern SECONDS = Pattern.compile(".*(^|[_.-])(s|secs?|seconds)([_.-].*|$)");

    private final String file;
    private final Sample sample;
    private final ImportOptions options;
    private final Map<Role, List<Column>> found = new EnumMap<>(Role.class);

    private Mapper(String file, Sample sample, ImportOptions options) {
        this.file = file;
        this.sample = sample;
        this.options = options;
    }

    /**
     * The mapping of a file.
     *
     * @param file its name for messages
     * @throws ImportException if a column of an option does not exist, or a required role has no column
     */
    static Mapping of(String file, Sample sample, ImportOptions options) {
        return new Mapper(file, sample, options).find();
    }

    private Mapping find() {
        Optional<KnownFormat> format = KnownFormat.of(sample);
        options.columns().forEach((role, name) -> found.put(role, List.of(column(role, requireColumn(role, name)))));
        format.ifPresent(known -> known.columns(sample).forEach(found::putIfAbsent));
        if (format.isEmpty()) {
            for (Role role : Role.values()) {
                guess(role);
            }
            titleInsteadOfTrack();
        }
        if (!found.containsKey(Role.LISTENER) && found.containsKey(Role.SESSION) && options.defaultListener() == null) {
            found.put(Role.LISTENER, found.get(Role.SESSION));
        }
        boolean oneListener = format.map(KnownFormat::isPersonal).orElse(false) || options.defaultListener() != null;
        requireRoles(oneListener);
        return new Mapping(
                found, format.map(known -> known.completeReason(sample)).orElse(""), mark(format), oneListener);
    }

    private String requireColumn(Role role, String name) {
        if (!sample.columns().contains(name)) {
            throw new ImportException(file + ": there is no column " + name + " for --" + role.label()
                    + "; the columns are " + String.join(", ", sample.columns()));
        }
        return name;
    }

    private void guess(Role role) {
        if (found.containsKey(role)) {
            return;
        }
        for (String guessed : role.guessedNames()) {
            for (String name : sample.columns()) {
                if (normalized(name).equals(normalized(guessed)) && !isTaken(name)) {
                    found.put(role, List.of(column(role, name)));
                    return;
                }
            }
        }
    }

    private boolean isTaken(String name) {
        return found.values().stream()
                .flatMap(List::stream)
                .anyMatch(column -> column.name().equals(name));
    }

    static String normalized(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    /** Beside an artist and without another title, a column {@code track} or {@code song} has titles. */
    private void titleInsteadOfTrack() {
        List<Column> track = found.getOrDefault(Role.TRACK, List.of());
        if (options.columns().containsKey(Role.TRACK)
                || track.isEmpty()
                || !found.containsKey(Role.ARTIST)
                || found.containsKey(Role.TITLE)) {
            return;
        }
        String name = normalized(track.get(0).name());
        if (name.equals("track") || name.equals("song")) {
            found.put(Role.TITLE, track);
            found.remove(Role.TRACK);
        }
    }

    private Column column(Role role, String name) {
        boolean isDuration = role == Role.PLAYED || role == Role.DURATION;
        return isDuration ? new Column(name, unit(name)) : Column.of(name);
    }

    private DurationUnit unit(String name) {
        if (options.durationUnit() != null) {
            return options.durationUnit();
        }
        if (MILLISECONDS.matcher(name).matches()) {
            return DurationUnit.MILLISECONDS;
        }
        if (SECONDS.matcher(name).matches()) {
            return DurationUnit.SECONDS;
        }
        return sample.values(name).anyMatch(value -> Numbers.parse(value) > MAX_SECONDS)
                ? DurationUnit.MILLISECONDS
                : DurationUnit.SECONDS;
    }

    private TimestampMark mark(Optional<KnownFormat> format) {
        if (options.timestampMarks() != null) {
            return options.timestampMarks();
        }
        boolean marksEnd = format.map(KnownFormat::marksEnd)
                .orElseGet(() -> found.getOrDefault(Role.TIMESTAMP, List.of()).stream()
                        .anyMatch(column -> normalized(column.name()).startsWith("end")));
        return marksEnd ? TimestampMark.END : TimestampMark.START;
    }

    private void requireRoles(boolean oneListener) {
        boolean looksLikeRow = sample.columns().stream().anyMatch(name -> !Double.isNaN(Numbers.parse(name)));
        String columns = "; the columns are " + String.join(", ", sample.columns())
                + (looksLikeRow ? "; if that is a row, name the columns with --columns" : "");
        if (!found.containsKey(Role.TIMESTAMP)) {
            throw new ImportException(
                    file + ": no column is known to be the timestamp; name it with --timestamp COLUMN" + columns);
        }
        if (!found.containsKey(Role.TRACK) && !found.containsKey(Role.TITLE)) {
            throw new ImportException(file + ": no column is known to be the track; name it with --track COLUMN, or"
                    + " artist and title with --artist COLUMN --title COLUMN" + columns);
        }
        if (!found.containsKey(Role.LISTENER) && !oneListener) {
            throw new ImportException(file + ": no column is known to be the listener; name it with --listener COLUMN,"
                    + " or give all rows to one listener with --default-listener ID" + columns);
        }
    }

    /** The guessed names of all roles, normalized: a table with one of them in its first line has a header. */
    static Stream<String> guessedNames() {
        return Stream.of(Role.values())
                .flatMap(role -> role.guessedNames().stream())
                .map(Mapper::normalized);
    }
}

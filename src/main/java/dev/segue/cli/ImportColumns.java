package dev.segue.cli;

import dev.segue.importing.Role;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code segue import} that name columns. */
final class ImportColumns {

    @Option(names = "--listener", paramLabel = "COLUMN", description = "Column of the listener's id.")
    private @Nullable String listener;

    @Option(
            names = "--track",
            paramLabel = "COLUMN",
            description = "Column of the track's id. Without one, the id is made of artist and title.")
    private @Nullable String track;

    @Option(names = "--timestamp", paramLabel = "COLUMN", description = "Column of the time of the playback.")
    private @Nullable String timestamp;

    @Option(names = "--played", paramLabel = "COLUMN", description = "Column of the time that was played.")
    private @Nullable String played;

    @Option(names = "--duration", paramLabel = "COLUMN", description = "Column of the track's duration.")
    private @Nullable String duration;

    @Option(
            names = "--share",
            paramLabel = "COLUMN",
            description = "Column of the share that was played, 0 to 1; 0 to 100 if its name has pct or percent.")
    private @Nullable String share;

    @Option(names = "--skipped", paramLabel = "COLUMN", description = "Column that is true or 1 for skipped tracks.")
    private @Nullable String skipped;

    @Option(names = "--session", paramLabel = "COLUMN", description = "Column of the session, if sessions are given.")
    private @Nullable String session;

    @Option(names = "--artist", paramLabel = "COLUMN", description = "Column of the track's artist.")
    private @Nullable String artist;

    @Option(names = "--title", paramLabel = "COLUMN", description = "Column of the track's title.")
    private @Nullable String title;

    @Option(names = "--album", paramLabel = "COLUMN", description = "Column of the track's album.")
    private @Nullable String album;

    @Option(names = "--year", paramLabel = "COLUMN", description = "Column of the year of release.")
    private @Nullable String year;

    @Option(
            names = "--tags",
            paramLabel = "COLUMN",
            description = "Column of the track's tags, separated by commas, semicolons or bars.")
    private @Nullable String tags;

    /** The columns that were named. */
    Map<Role, String> byRole() {
        Map<Role, String> columns = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            String column = column(role);
            if (column != null) {
                columns.put(role, column);
            }
        }
        return columns;
    }

    private @Nullable String column(Role role) {
        return switch (role) {
            case LISTENER -> listener;
            case TRACK -> track;
            case TIMESTAMP -> timestamp;
            case PLAYED -> played;
            case DURATION -> duration;
            case SHARE -> share;
            case SKIPPED -> skipped;
            case SESSION -> session;
            case ARTIST -> artist;
            case TITLE -> title;
            case ALBUM -> album;
            case YEAR -> year;
            case TAGS -> tags;
        };
    }
}

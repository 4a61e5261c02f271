package dev.segue.cli;

import dev.segue.importing.Role;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code segue import} that name columns. */
final class ImportColumns {

    private final Map<Role, String> columns = new EnumMap<>(Role.class);

    /** The columns that were named. */
    Map<Role, String> byRole() {
        return columns;
    }

    @Option(names = "--listener", paramLabel = "COLUMN", description = "Column of the listener's id.")
    void setListener(@Nullable String column) {
        set(Role.LISTENER, column);
    }

    @Option(
            names = "--track",
            paramLabel = "COLUMN",
            description = "Column of the track's id. Without one, the id is made of artist and title.")
    void setTrack(@Nullable String column) {
        set(Role.TRACK, column);
    }

    @Option(names = "--timestamp", paramLabel = "COLUMN", description = "Column of the time of the playback.")
    void setTimestamp(@Nullable String column) {
        set(Role.TIMESTAMP, column);
    }

    @Option(names = "--played", paramLabel = "COLUMN", description = "Column of the time that was played.")
    void setPlayed(@Nullable String column) {
        set(Role.PLAYED, column);
    }

    @Option(names = "--duration", paramLabel = "COLUMN", description = "Column of the track's duration.")
    void setDuration(@Nullable String column) {
        set(Role.DURATION, column);
    }

    @Option(
            names = "--share",
            paramLabel = "COLUMN",
            description = "Column of the share that was played, 0 to 1; 0 to 100 if its name has pct or percent.")
    void setShare(@Nullable String column) {
        set(Role.SHARE, column);
    }

    @Option(names = "--skipped", paramLabel = "COLUMN", description = "Column that is true or 1 for skipped tracks.")
    void setSkipped(@Nullable String column) {
        set(Role.SKIPPED, column);
    }

    @Option(names = "--session", paramLabel = "COLUMN", description = "Column of the session, if sessions are given.")
    void setSession(@Nullable String column) {
        set(Role.SESSION, column);
    }

    @Option(names = "--artist", paramLabel = "COLUMN", description = "Column of the track's artist.")
    void setArtist(@Nullable String column) {
        set(Role.ARTIST, column);
    }

    @Option(names = "--title", paramLabel = "COLUMN", description = "Column of the track's title.")
    void setTitle(@Nullable String column) {
        set(Role.TITLE, column);
    }

    @Option(names = "--album", paramLabel = "COLUMN", description = "Column of the track's album.")
    void setAlbum(@Nullable String column) {
        set(Role.ALBUM, column);
    }

    @Option(names = "--year", paramLabel = "COLUMN", description = "Column of the year of release.")
    void setYear(@Nullable String column) {
        set(Role.YEAR, column);
    }

    @Option(
            names = "--tags",
            paramLabel = "COLUMN",
            description = "Column of the track's tags, separated by commas, semicolons or bars.")
    void setTags(@Nullable String column) {
        set(Role.TAGS, column);
    }

    private void set(Role role, @Nullable String column) {
        if (column == null) {
            columns.remove(role);
        } else {
            columns.put(role, column);
        }
    }
}

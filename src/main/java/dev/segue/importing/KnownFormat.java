package dev.segue.importing;

import dev.segue.importing.Mapping.Column;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Formats of known services and programs, recognised by their columns. */
enum KnownFormat {
    /** Spotify's extended streaming history, a JSON array of playbacks. {@code ts} is the time of the end. */
    SPOTIFY(true, true, "ts", "ms_played", "master_metadata_track_name") {
        @Override
        void add(Columns columns) {
            columns.add(Role.LISTENER, "username");
            columns.add(Role.TRACK, "spotify_track_uri");
            columns.add(Role.TIMESTAMP, "ts");
            columns.add(Role.PLAYED, DurationUnit.MILLISECONDS, "ms_played");
            columns.add(Role.SKIPPED, "skipped");
            columns.add(Role.ARTIST, "master_metadata_album_artist_name");
            columns.add(Role.TITLE, "master_metadata_track_name");
            columns.add(Role.ALBUM, "master_metadata_album_album_name");
        }

        @Override
        String completeReason(Sample sample) {
            return sample.has("reason_end") ? "reason_end" : "";
        }
    },
    /** Spotify's streaming history of the last year, a JSON array of playbacks. */
    SPOTIFY_ACCOUNT(true, true, "endTime", "msPlayed", "trackName") {
        @Override
        void add(Columns columns) {
            columns.add(Role.TIMESTAMP, "endTime");
            columns.add(Role.PLAYED, DurationUnit.MILLISECONDS, "msPlayed");
            columns.add(Role.ARTIST, "artistName");
            columns.add(Role.TITLE, "trackName");
        }
    },
    /** ListenBrainz's listens, JSON lines of the export or of the API. */
    LISTENBRAINZ(true, false, "listened_at", "track_metadata.track_name") {
        @Override
        void add(Columns columns) {
            columns.add(Role.LISTENER, "user_name", "user_id");
            columns.add(
                    Role.TRACK,
                    "track_metadata.mbid_mapping.recording_mbid",
                    INFO + "recording_mbid",
                    "recording_msid",
                    INFO + "recording_msid");
            columns.add(Role.TIMESTAMP, "listened_at");
            columns.add(Role.PLAYED, DurationUnit.SECONDS, INFO + "duration_played");
            columns.add(Role.DURATION, DurationUnit.MILLISECONDS, INFO + "duration_ms");
            columns.add(Role.DURATION, DurationUnit.SECONDS, INFO + "duration");
            columns.add(Role.ARTIST, "track_metadata.artist_name");
            columns.add(Role.TITLE, "track_metadata.track_name");
            columns.add(Role.ALBUM, "track_metadata.release_name");
            columns.add(Role.TAGS, INFO + "tags");
        }
    },
    /** Exports of Last.fm with a header, whose column {@code track} has titles. */
    LAST_FM_UTS(true, false, "uts", "artist", "track") {
        @Override
        void add(Columns columns) {
            columns.add(Role.LISTENER, "username", "user");
            columns.add(Role.TRACK, "track_mbid");
            columns.add(Role.TIMESTAMP, "uts");
            columns.add(Role.ARTIST, "artist");
            columns.add(Role.TITLE, "track");
            columns.add(Role.ALBUM, "album");
        }
    },
    /** Exports of Last.fm without a header: artist, album, title, date. */
    LAST_FM(true, false, CsvRecognition.LAST_FM_COLUMNS.toArray(String[]::new)) {
        @Override
        void add(Columns columns) {
            columns.add(Role.TIMESTAMP, "date (UTC)");
            columns.add(Role.ARTIST, "artist");
            columns.add(Role.TITLE, "title");
            columns.add(Role.ALBUM, "album");
        }
    },
    /** The log of a Rockbox player. */
    ROCKBOX(true, false, CsvRecognition.ROCKBOX_COLUMNS.toArray(String[]::new)) {
        @Override
        void add(Columns columns) {
            columns.add(Role.TRACK, "MusicBrainz id");
            columns.add(Role.TIMESTAMP, "timestamp");
            columns.add(Role.DURATION, DurationUnit.SECONDS, "length");
            columns.add(Role.SKIPPED, "rating");
            columns.add(Role.ARTIST, "artist");
            columns.add(Role.TITLE, "title");
            columns.add(Role.ALBUM, "album");
        }
    },
    /** Session files of session-rec. Each session is a listener of its own, unless users are given. */
    SESSION_REC(false, false, "SessionId", "ItemId", "Time") {
        @Override
        void add(Columns columns) {
            columns.add(Role.LISTENER, "UserId");
            columns.add(Role.SESSION, "SessionId");
            columns.add(Role.TRACK, "ItemId");
            columns.add(Role.TIMESTAMP, "Time");
        }
    };

    private static final String INFO = "track_metadata.additional_info.";

    private final boolean personal;
    private final boolean marksEnd;

    @SuppressWarnings("ImmutableEnumChecker") // never changed
    private final String[] required;

    /**
     * @param personal whether a file without a column for the listener holds one person's history
     * @param marksEnd whether timestamps mark the ends of playbacks
     * @param required the columns by which the format is recognised
     */
    KnownFormat(boolean personal, boolean marksEnd, String... required) {
        this.personal = personal;
        this.marksEnd = marksEnd;
        this.required = required;
    }

    /** The format of a file; empty if it is none of them. */
    static Optional<KnownFormat> of(Sample sample) {
        return Stream.of(values()).filter(format -> sample.has(format.required)).findFirst();
    }

    boolean isPersonal() {
        return personal;
    }

    boolean marksEnd() {
        return marksEnd;
    }

    /** The columns with roles that a file has. */
    Map<Role, List<Column>> columns(Sample sample) {
        var columns = new Columns(sample);
        add(columns);
        return columns.found;
    }

    abstract void add(Columns columns);

    /** The column that has {@code trackdone} for complete playbacks; empty if there is none. */
    String completeReason(Sample sample) {
        return "";
    }

    /** Collects the columns that a file has. */
    static final class Columns {
        private final Sample sample;
        private final Map<Role, List<Column>> found = new EnumMap<>(Role.class);

        private Columns(Sample sample) {
            this.sample = sample;
        }

        private void add(Role role, String... names) {
            add(role, DurationUnit.MILLISECONDS, names);
        }

        private void add(Role role, DurationUnit unit, String... names) {
            for (String name : names) {
                if (sample.has(name)) {
                    found.merge(
                            role,
                            List.of(new Column(name, unit)),
                            (first, second) -> Stream.concat(first.stream(), second.stream())
                                    .toList());
                }
            }
        }
    }
}

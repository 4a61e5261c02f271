package dev.segue.importing;

import java.util.List;
import java.util.Locale;

/**
 * The meaning of a column. A column is chosen by the option of the role, by the format of the file, or by its name: the first of
 * the guessed names that the file has. Names are compared in lower case, without characters other than letters and digits.
 */
public enum Role {
    LISTENER(
            "user_id",
            "user",
            "listener",
            "listener_id",
            "username",
            "user_name",
            "uid",
            "account_id",
            "customer_id",
            "profile_id"),
    TRACK(
            "track_uri",
            "spotify_track_uri",
            "track_id",
            "item_id",
            "song_id",
            "recording_mbid",
            "recording_msid",
            "media_id",
            "track_mbid",
            "track",
            "item",
            "song",
            "uri"),
    TIMESTAMP(
            "played_at",
            "ts",
            "timestamp",
            "listened_at",
            "started_at",
            "start_time",
            "scrobbled_at",
            "event_time",
            "uts",
            "utc_time",
            "datetime",
            "time",
            "date",
            "end_time",
            "created_at"),
    PLAYED(
            "ms_played",
            "played_ms",
            "duration_played",
            "played_duration",
            "played_duration_ms",
            "play_duration",
            "play_duration_ms",
            "listened_ms",
            "ms_listened",
            "listen_duration",
            "listening_time",
            "play_time",
            "play_time_ms",
            "played_seconds",
            "seconds_played",
            "played"),
    DURATION(
            "duration_ms",
            "track_duration_ms",
            "track_duration",
            "track_length_seconds",
            "track_length",
            "length_ms",
            "duration_s",
            "duration_sec",
            "duration_seconds",
            "duration",
            "length"),
    SHARE(
            "share",
            "played_share",
            "played_ratio",
            "play_ratio",
            "completion",
            "played_ratio_pct",
            "played_percent",
            "percent_played"),
    SKIPPED("skipped", "is_skipped", "skip"),
    SESSION("session_id", "session"),
    ARTIST("artist", "artist_name", "track_artist", "album_artist", "performer", "master_metadata_album_artist_name"),
    TITLE("title", "track_name", "track_title", "song_name", "song_title", "name", "master_metadata_track_name"),
    ALBUM("album", "album_name", "album_title", "release_name", "release", "master_metadata_album_album_name"),
    YEAR("year", "release_year"),
    TAGS("tags", "genres", "genre");

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list
    private final List<String> guessedNames;

    Role(String... guessedNames) {
        this.guessedNames = List.of(guessedNames);
    }

    /** The name of the role in messages, which is its option without {@code --}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names of columns that are taken for the role, the preferred ones first. */
    public List<String> guessedNames() {
        return guessedNames;
    }
}

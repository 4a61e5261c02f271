package dev.segue.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the body of ListenBrainz's {@code submit-listens}. Fields that Segue does not use are ignored.
 *
 * @see <a href="https://listenbrainz.readthedocs.io/en/latest/users/json.html">ListenBrainz JSON documentation</a>
 */
public final class ListenReader {

    /** Maximum number of listens in a body, as in ListenBrainz. */
    public static final int MAX_LISTENS = 1000;

    /** Clocks of clients may be ahead by this time, as in ListenBrainz. */
    private static final long MAX_AHEAD_SECONDS = 3600;

    private static final int MAX_TEXT_LENGTH = 10_000;
    private static final double MAX_MILLIS = 24 * 3600 * 1000.0;

    /** The places of a track's ids, as {@code segue import} reads them. */
    private static final List<String> IDS = List.of(
            "/track_metadata/mbid_mapping/recording_mbid",
            "/track_metadata/additional_info/recording_mbid",
            "/recording_msid",
            "/track_metadata/additional_info/recording_msid");

    private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private static final JsonMapper JSON = new JsonMapper();

    private final long latest;

    private ListenReader(long nowMillis) {
        latest = nowMillis / 1000 + MAX_AHEAD_SECONDS;
    }

    /** The kind of a submission. */
    public enum Type {
        /** One listen, which has just ended. */
        SINGLE,
        /** Up to {@value #MAX_LISTENS} listens. */
        IMPORT,
        /** A track that is playing. */
        PLAYING_NOW
    }

    /**
     * A body of {@code submit-listens}.
     *
     * @param listens 1 to {@value #MAX_LISTENS}, in the order of time
     */
    public record Submission(Type type, List<Listen> listens) {}

    /**
     * Reads a body.
     *
     * @param nowMillis the time, in ms since 1970
     * @throws BadReportException if the body is not in ListenBrainz's form
     */
    public static Submission read(byte[] body, long nowMillis) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JacksonException malformed) {
            throw bad("Cannot parse JSON document: it is malformed" + place(malformed) + ".");
        }
        if (!root.isObject()) {
            throw bad("Invalid JSON document submitted. Its top level must be a JSON object.");
        }
        Type type = type(root.path("listen_type"));
        JsonNode payload = root.path("payload");
        if (!payload.isArray() || payload.isEmpty()) {
            throw bad("JSON document does not contain any listens: payload must be an array of them.");
        }
        if (payload.size() > MAX_LISTENS) {
            throw bad("Too many listens. You may not submit more than " + MAX_LISTENS + " listens at once.");
        }
        if (type != Type.IMPORT && payload.size() > 1) {
            throw bad(
                    "JSON document contains more than one listen for a single/playing_now. It must contain only one.");
        }
        var reader = new ListenReader(nowMillis);
        List<Listen> listens = new ArrayList<>(payload.size());
        for (JsonNode listen : payload) {
            listens.add(reader.listen(listen, "payload[" + listens.size() + "]", type));
        }
        listens.sort(Comparator.comparingLong(Listen::listenedAt));
        return new Submission(type, listens);
    }

    private static String place(JacksonException malformed) {
        var location = malformed.getLocation();
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static Type type(JsonNode given) {
        for (Type type : Type.values()) {
            if (given.isString() && type.name().toLowerCase(Locale.ROOT).equals(given.asString())) {
                return type;
            }
        }
        throw bad("JSON document requires a valid listen_type key: single, import or playing_now.");
    }

    private Listen listen(JsonNode listen, String place, Type type) {
        JsonNode metadata = listen.path("track_metadata");
        String artist = text(metadata.path("artist_name"), place + ".track_metadata.artist_name");
        String title = text(metadata.path("track_name"), place + ".track_metadata.track_name");
        List<String> ids = new ArrayList<>();
        for (String id : IDS) {
            JsonNode given = listen.at(id);
            if (!given.isMissingNode() && !given.isNull() && !isEmpty(given)) {
                ids.add(uuid(given, place + id.replace('/', '.')));
            }
        }
        JsonNode info = metadata.path("additional_info");
        double durationMillis = positive(info.path("duration_ms"), 1);
        durationMillis = durationMillis > 0 ? durationMillis : positive(info.path("duration"), 1000);
        boolean isPlayedKnown = info.path("duration_played").isNumber();
        double playedMillis = isPlayedKnown ? positive(info.path("duration_played"), 1000) : durationMillis;
        double share = isPlayedKnown && durationMillis > 0 ? Math.min(1, playedMillis / durationMillis) : 1;
        long listenedAt = type == Type.PLAYING_NOW ? 0 : listenedAt(listen.path("listened_at"), place);
        return new Listen(listenedAt, artist, title, List.copyOf(ids), (long) playedMillis, share);
    }

    private static boolean isEmpty(JsonNode given) {
        return given.isString() && given.asString().isEmpty();
    }

    private long listenedAt(JsonNode given, String place) {
        if (!given.isIntegralNumber() || !given.canConvertToLong() || given.asLong() <= 0) {
            throw bad(place + ".listened_at must be an integer: the seconds from 1970 to the start of the playback.");
        }
        if (given.asLong() > latest) {
            throw bad("Value for key listened_at is too high: " + place
                    + " is more than an hour in the future; it must be in seconds.");
        }
        return given.asLong();
    }

    private static String text(JsonNode given, String place) {
        String text = given.isString() ? given.asString() : "";
        if (text.isBlank() || text.length() > MAX_TEXT_LENGTH) {
            throw bad("JSON document does not contain required " + place + ": text of 1 to " + MAX_TEXT_LENGTH
                    + " characters.");
        }
        if (text.indexOf('\0') >= 0 || !UTF_8.newEncoder().canEncode(text)) {
            throw bad(place + " is not valid Unicode: it has a null character or a lone surrogate.");
        }
        return text;
    }

    private static String uuid(JsonNode given, String place) {
        if (!given.isString() || !UUID.matcher(given.asString()).matches()) {
            throw bad(place + ": MBID format invalid. It must be a UUID.");
        }
        return given.asString();
    }

    /** A number of ms from 0 to a day; 0 for all other values, which stand for unknown times. */
    private static double positive(JsonNode given, int millis) {
        double value = given.isNumber() ? given.asDouble(0) * millis : 0; // 0 for huge integers
        return value > 0 && value <= MAX_MILLIS ? value : 0;
    }

    private static BadReportException bad(String message) {
        return new BadReportException(message);
    }
}

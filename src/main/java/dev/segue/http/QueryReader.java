package dev.segue.http;

import static dev.segue.http.FieldValues.bad;
import static dev.segue.http.FieldValues.bool;
import static dev.segue.http.FieldValues.checked;
import static dev.segue.http.FieldValues.integer;
import static dev.segue.http.FieldValues.quote;

import dev.segue.catalog.TrackFilter;
import dev.segue.id.ListenerId;
import dev.segue.play.Playback;
import dev.segue.service.Exclude;
import dev.segue.service.NextTrackQuery;
import dev.segue.service.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the fields of one query, from a JSON object or from parameters. For one query. */
final class QueryReader {

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,400}(\\.[0-9]{1,400})?([eE][+-]?[0-9]{1,9})?");

    private final Set<String> fields;
    private final PlaybackReader last = new PlaybackReader("");

    // null while the query has no such field, as nearly all do
    private @Nullable TracksAndArtistsReader exclude;
    private @Nullable TracksAndArtistsReader seeds;
    private @Nullable FilterReader filter;

    private @Nullable ListenerId user;
    private @Nullable List<Playback> session;
    private boolean isLastOfSessionClamped;
    private @Nullable String requestId;
    private int count;
    private boolean explain;
    private boolean dryRun;
    private @Nullable String arm;

    /**
     * @param fields the names that the query may have
     * @param user the listener, if it is no field
     */
    QueryReader(Set<String> fields, @Nullable ListenerId user) {
        this.fields = fields;
        this.user = user;
    }

    /**
     * Reads one JSON object, up to the end of the input.
     *
     * @param input the input's name in messages, such as "the body"
     */
    void readObject(JsonParser parser, String input) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw bad(input + " must be a JSON object such as {\"user\":1,\"track\":10,\"time\":0.3}");
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            requireKnown(name);
            parser.nextToken();
            readValue(name, parser);
        }
        if (parser.nextToken() != null) {
            throw bad(input + " goes on after the JSON object; send one object");
        }
    }

    private void requireKnown(String name) {
        if (!fields.contains(name)) {
            throw bad("unknown field " + quote(name) + "; known: "
                    + String.join(", ", fields.stream().sorted().toList()));
        }
    }

    private void readValue(String name, JsonParser parser) {
        switch (name) {
            case "user" -> user = FieldValues.listener(parser);
            case "track" -> last.readTrack(parser);
            case "time" -> last.readTime(parser);
            case "session" -> {
                session = new ArrayList<>();
                isLastOfSessionClamped = PlaybackReader.readSession(parser, session);
            }
            case "request_id" -> {
                if (parser.currentToken() != JsonToken.VALUE_STRING) {
                    throw bad("request_id must be a string");
                }
                setRequestId(parser.getString());
            }
            case "count" -> count = (int) integer(parser, name, 1, NextTrackQuery.MAX_COUNT);
            case "explain" -> explain = bool(parser, name);
            case "exclude" -> exclude().read(parser);
            case "seeds" -> seeds().read(parser);
            case "filter" -> filter().read(parser);
            case "arm" -> {
                if (parser.currentToken() != JsonToken.VALUE_STRING) {
                    throw bad("arm must be a string");
                }
                arm = parser.getString();
            }
            default -> dryRun = bool(parser, name);
        }
    }

    /**
     * Reads a parameter that may be given several times.
     *
     * @param isTrack accepts the tracks of the catalog
     */
    void setTexts(String name, String[] values, IntPredicate isTrack) {
        switch (name) {
            case "exclude_track", "exclude_artist" -> exclude().setTexts(name, values, isTrack);
            case "seed_track", "seed_artist" -> seeds().setTexts(name, values, isTrack);
            case "tag_any", "tag_all", "tag_none", "explicit", "year_from", "year_to" ->
                filter().setTexts(name, values);
            default -> {
                if (values.length != 1) {
                    throw bad(name + " is given " + values.length + " times; give it once");
                }
                setText(name, values[0], isTrack);
            }
        }
    }

    private TracksAndArtistsReader exclude() {
        TracksAndArtistsReader present = exclude;
        if (present == null) {
            present = new TracksAndArtistsReader("exclude", "exclude_track");
            exclude = present;
        }
        return present;
    }

    private TracksAndArtistsReader seeds() {
        TracksAndArtistsReader present = seeds;
        if (present == null) {
            present = new TracksAndArtistsReader("seeds", "seed_track");
            seeds = present;
        }
        return present;
    }

    private FilterReader filter() {
        FilterReader present = filter;
        if (present == null) {
            present = new FilterReader();
            filter = present;
        }
        return present;
    }

    private void setText(String name, String text, IntPredicate isTrack) {
        requireKnown(name);
        switch (name) {
            case "user" -> user = checked(name, text, ListenerId::parse);
            case "track" -> last.setTrack(text, isTrack);
            case "time" -> {
                if (!isShortDecimal(text) && !DECIMAL.matcher(text).matches()) {
                    throw bad("time must be a number from 0 to 1");
                }
                last.setTime(Double.parseDouble(text));
            }
            case "request_id" -> setRequestId(text);
            case "count" -> count = (int) integer(text, name, 1, NextTrackQuery.MAX_COUNT);
            case "explain" -> explain = bool(text, name);
            case "arm" -> arm = text;
            default -> dryRun = bool(text, name);
        }
    }

    /** Whether a text has the form that nearly all times have, such as {@code 0.25}; without the objects of a regular expression. */
    private static boolean isShortDecimal(String text) {
        boolean valid = text.length() >= 3 && text.length() <= 20 && text.charAt(1) == '.';
        for (int i = 0; i < text.length() && valid; i++) {
            valid = i == 1 || (text.charAt(i) >= '0' && text.charAt(i) <= '9');
        }
        return valid;
    }

    private void setRequestId(String value) {
        if (value.isEmpty()
                || value.codePointCount(0, value.length()) > NextTrackQuery.MAX_REQUEST_ID_LENGTH
                || !StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw bad("request_id must have 1 to " + NextTrackQuery.MAX_REQUEST_ID_LENGTH
                    + " characters of valid Unicode");
        }
        requestId = value;
    }

    /** Whether the last playback's share was above 1 by more than rounding, in a query that is recorded. */
    boolean isClamped() {
        return (last.isClamped() || isLastOfSessionClamped) && !dryRun;
    }

    /** The query, if its fields fit together. */
    NextTrackQuery query() {
        if (user == null) {
            throw bad("user is missing: name the listener by an integer or a string");
        }
        Playback playback = last.playback();
        if (session != null) {
            if (playback != null) {
                throw bad("session is given with track and time; give either, and put the last track into session");
            }
            playback = session.isEmpty() ? null : session.get(session.size() - 1);
        }
        if (arm != null && !dryRun) {
            throw bad(
                    "arm is for dry runs; add dry_run, or leave it out: the experiment assigns the arm of a listener");
        }
        return new NextTrackQuery(
                user,
                playback,
                requestId,
                count,
                explain,
                dryRun,
                exclude == null ? Exclude.NONE : exclude.exclude(),
                session,
                seeds == null ? Seeds.NONE : seeds.seeds(),
                filter == null ? TrackFilter.NONE : filter.filter(),
                arm);
    }
}

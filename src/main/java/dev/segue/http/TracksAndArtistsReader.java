package dev.segue.http;

import dev.segue.id.TrackIds;
import dev.segue.play.Playback;
import dev.segue.service.Exclude;
import dev.segue.service.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a field that has tracks and artists, {@code exclude} or {@code seeds}, as strictly as {@link QueryReader} reads the other
 * fields. For one query.
 */
final class TracksAndArtistsReader {

    private final String field;
    private final String trackParameter;
    private final String artistParameter;

    /** The tracks as playbacks, which keep the string id of an unknown track. */
    private final List<Playback> tracks = new ArrayList<>();

    private final List<String> artists = new ArrayList<>();

    /**
     * @param field the name in a JSON body
     * @param singular the beginning of the two parameters in a URL, each of which may be given several times
     */
    TracksAndArtistsReader(String field, String singular) {
        this.field = field;
        trackParameter = singular + "_track";
        artistParameter = singular + "_artist";
    }

    /**
     * Reads the values of a parameter; returns false if it is another one.
     *
     * @param isTrack accepts the tracks of the catalog
     */
    boolean setTexts(String name, String[] values, IntPredicate isTrack) {
        if (!name.equals(trackParameter) && !name.equals(artistParameter)) {
            return false;
        }
        requireFew(values.length, name);
        for (String value : values) {
            if (name.equals(trackParameter)) {
                tracks.add(playback(FieldValues.track(value, name, isTrack), value));
            } else {
                requireName(value, name);
                artists.add(value);
            }
        }
        return true;
    }

    /** Reads {@code {"tracks": [1, 2], "artists": ["A"]}}, of which both may be absent. */
    void read(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw FieldValues.bad(field + " must be an object such as {\"tracks\":[10],\"artists\":[\"A name\"]}");
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            switch (name) {
                case "tracks" -> readTracks(parser, field + ".tracks");
                case "artists" -> readArtists(parser, field + ".artists");
                default ->
                    throw FieldValues.bad(
                            "unknown field " + FieldValues.quote(name) + " in " + field + "; known: artists, tracks");
            }
        }
    }

    private void readTracks(JsonParser parser, String place) {
        requireArray(parser, place);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int track = FieldValues.track(parser, place + "[" + tracks.size() + "]");
            tracks.add(playback(track, track == TrackIds.UNKNOWN ? parser.getString() : ""));
            requireFew(tracks.size(), place);
        }
    }

    private static Playback playback(int track, String id) {
        return new Playback(track, 1, track == TrackIds.UNKNOWN ? id : null);
    }

    private void readArtists(JsonParser parser, String name) {
        requireArray(parser, name);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String place = name + "[" + artists.size() + "]";
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw FieldValues.bad(place + " must be a string");
            }
            String artist = parser.getString();
            requireName(artist, place);
            artists.add(artist);
            requireFew(artists.size(), name);
        }
    }

    private static void requireArray(JsonParser parser, String place) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw FieldValues.bad(place + " must be an array");
        }
    }

    private static void requireFew(int count, String place) {
        if (count > Exclude.MAX_VALUES) {
            throw FieldValues.bad(place + " has more than " + Exclude.MAX_VALUES + " values; leave some out");
        }
    }

    private static void requireName(String artist, String place) {
        if (artist.isEmpty()
                || artist.codePointCount(0, artist.length()) > Exclude.MAX_CHARACTERS
                || !StandardCharsets.UTF_8.newEncoder().canEncode(artist)) {
            throw FieldValues.bad(place + " must have 1 to " + Exclude.MAX_CHARACTERS + " characters of valid Unicode");
        }
    }

    /** The values as exclusions. */
    Exclude exclude() {
        return new Exclude(tracks.stream().map(Playback::track).toList(), artists);
    }

    /** The values as seeds. */
    Seeds seeds() {
        return new Seeds(tracks, artists);
    }
}

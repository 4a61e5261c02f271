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

    /** The tracks as playbacks, which keep the string id of an unknown track. */
    private final List<Playback> tracks = new ArrayList<>();

    private final List<String> artists = new ArrayList<>();

    /**
     * @param field the name in a JSON body
     * @param trackParameter the parameter in a URL that has a track; it may be given several times, as may that for an artist
     */
    TracksAndArtistsReader(String field, String trackParameter) {
        this.field = field;
        this.trackParameter = trackParameter;
    }

    /**
     * Reads the values of the parameter for tracks or of that for artists.
     *
     * @param isTrack accepts the tracks of the catalog
     */
    void setTexts(String name, String[] values, IntPredicate isTrack) {
        requireFew(values.length, name);
        for (String value : values) {
            if (name.equals(trackParameter)) {
                tracks.add(playback(FieldValues.track(value, name, isTrack), value));
            } else {
                requireName(value, name);
                artists.add(value);
            }
        }
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

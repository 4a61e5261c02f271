package dev.segue.http;

import dev.segue.service.Exclude;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the exclusions of a request, as strictly as {@link RequestReader} reads the other fields. */
final class ExcludeReader {

    /** The parameters of a URL; each may be given several times. */
    static final String TRACK = "exclude_track";

    static final String ARTIST = "exclude_artist";

    private ExcludeReader() {}

    static boolean isParameter(String name) {
        return name.equals(TRACK) || name.equals(ARTIST);
    }

    /** The exclusions so far and those of one parameter. */
    static Exclude with(Exclude exclude, String name, String[] values) {
        requireFew(values.length, name);
        if (name.equals(TRACK)) {
            List<Integer> tracks = new ArrayList<>();
            for (String value : values) {
                tracks.add(FieldValues.track(value, name));
            }
            return new Exclude(tracks, exclude.artists());
        }
        for (String value : values) {
            requireName(value, name);
        }
        return new Exclude(exclude.tracks(), List.of(values));
    }

    /** Reads {@code {"tracks": [1, 2], "artists": ["A"]}}, of which both may be absent. */
    static Exclude read(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw FieldValues.bad("exclude must be an object such as {\"tracks\":[10],\"artists\":[\"A name\"]}");
        }
        List<Integer> tracks = new ArrayList<>();
        List<String> artists = new ArrayList<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            switch (name) {
                case "tracks" -> readTracks(parser, tracks);
                case "artists" -> readArtists(parser, artists);
                default ->
                    throw FieldValues.bad(
                            "unknown field " + FieldValues.quote(name) + " in exclude; known: artists, tracks");
            }
        }
        return new Exclude(tracks, artists);
    }

    private static void readTracks(JsonParser parser, List<Integer> tracks) {
        requireArray(parser, "exclude.tracks");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            tracks.add(FieldValues.track(parser, "exclude.tracks[" + tracks.size() + "]"));
            requireFew(tracks.size(), "exclude.tracks");
        }
    }

    private static void readArtists(JsonParser parser, List<String> artists) {
        requireArray(parser, "exclude.artists");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String place = "exclude.artists[" + artists.size() + "]";
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw FieldValues.bad(place + " must be a string");
            }
            String artist = parser.getString();
            requireName(artist, place);
            artists.add(artist);
            requireFew(artists.size(), "exclude.artists");
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
}

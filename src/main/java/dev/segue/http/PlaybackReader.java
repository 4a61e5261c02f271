package dev.segue.http;

import static dev.segue.http.FieldValues.bad;
import static dev.segue.http.FieldValues.quote;

import dev.segue.id.TrackIds;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import dev.segue.service.NextTrackQuery;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a playback field by field: {@code track} and {@code time}, which belong together. */
final class PlaybackReader {

    private final String prefix;

    private int track = Recommendation.NO_TRACK;
    private @Nullable String unknownTrack;
    private double time = Double.NaN;
    private boolean clamped;

    /** @param prefix the place of the fields in the request, such as {@code session[3].}; empty for the request's own fields */
    PlaybackReader(String prefix) {
        this.prefix = prefix;
    }

    /**
     * Reads {@code [{"track":1,"time":0.3}, …]}.
     *
     * @param session gets the playbacks
     * @return whether the last time was above 1 by more than rounding
     */
    static boolean readSession(JsonParser parser, List<Playback> session) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw bad("session must be an array such as [{\"track\":10,\"time\":0.3}]");
        }
        boolean isLastClamped = false;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (session.size() == NextTrackQuery.MAX_SESSION) {
                throw bad(
                        "session has more than " + NextTrackQuery.MAX_SESSION + " playbacks; leave out the first ones");
            }
            String place = "session[" + session.size() + "]";
            PlaybackReader reader = readElement(parser, place);
            Playback playback = reader.playback();
            if (playback == null) {
                throw bad(place + " is empty; give track and time");
            }
            session.add(playback);
            isLastClamped = reader.isClamped();
        }
        return isLastClamped;
    }

    private static PlaybackReader readElement(JsonParser parser, String place) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw bad(place + " must be an object such as {\"track\":10,\"time\":0.3}");
        }
        var reader = new PlaybackReader(place + ".");
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            switch (name) {
                case "track" -> reader.readTrack(parser);
                case "time" -> reader.readTime(parser);
                default -> throw bad("unknown field " + quote(name) + " in " + place + "; known: time, track");
            }
        }
        return reader;
    }

    void readTrack(JsonParser parser) {
        track = FieldValues.track(parser, prefix + "track");
        unknownTrack = track == TrackIds.UNKNOWN ? parser.getString() : null;
    }

    void readTime(JsonParser parser) {
        if (!parser.currentToken().isNumeric()) {
            throw bad(prefix + "time must be a number from 0 to 1");
        }
        setTime(parser.getDoubleValue());
    }

    void setTrack(String text, IntPredicate isTrack) {
        track = FieldValues.track(text, prefix + "track", isTrack);
        unknownTrack = track == TrackIds.UNKNOWN ? text : null;
    }

    void setTime(double value) {
        try {
            time = Playback.share(value);
            clamped = Playback.isClamped(value);
        } catch (IllegalArgumentException refused) {
            throw bad(prefix + "time must be a number from 0 to 1: the fraction of the track that was played");
        }
    }

    /** Whether the time was above 1 by more than rounding. */
    boolean isClamped() {
        return clamped;
    }

    /** The playback; null if neither field was given. */
    @Nullable
    Playback playback() {
        boolean withoutTrack = track == Recommendation.NO_TRACK;
        if (withoutTrack != Double.isNaN(time)) {
            throw bad(
                    withoutTrack
                            ? prefix + "time is given without track; give both or neither"
                            : prefix + "track is given without time; give both or neither");
        }
        return withoutTrack ? null : new Playback(track, time, unknownTrack);
    }
}

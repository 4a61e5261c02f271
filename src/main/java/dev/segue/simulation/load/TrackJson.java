package dev.segue.simulation.load;

import dev.segue.id.TrackIds;
import dev.segue.play.Recommendation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Converts track ids to and from the JSON of requests and responses. */
public final class TrackJson {

    private static final JsonMapper JSON = new JsonMapper();

    private TrackJson() {}

    /** The id as a JSON value. */
    public static JsonNode of(int track) {
        return JSON.valueToTree(TrackIds.json(track));
    }

    /** The id as JSON text. */
    static String text(int track) {
        return TrackIds.isText(track) ? JSON.writeValueAsString(TrackIds.text(track)) : Integer.toString(track);
    }

    /** The track of a JSON value, or {@link Recommendation#NO_TRACK} if it is not a track id. */
    public static int read(JsonNode id) {
        if (id.isInt() && id.intValue() >= 0) {
            return id.intValue();
        }
        if (!id.isString()) {
            return Recommendation.NO_TRACK;
        }
        try {
            return TrackIds.of(id.asString());
        } catch (IllegalArgumentException notAnId) {
            return Recommendation.NO_TRACK;
        }
    }
}

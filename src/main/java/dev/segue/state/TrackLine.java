package dev.segue.state;

import dev.segue.id.TrackIds;
import tools.jackson.databind.JsonNode;

/** Reads the track of a line. */
final class TrackLine {

    private TrackLine() {}

    /**
     * The track of the field {@code track}; a string id is added to the table of string ids.
     *
     * @throws IllegalArgumentException if the line has no valid track id
     */
    static int track(JsonNode line) {
        JsonNode track = line.path("track");
        if (track.isString()) {
            return TrackIds.of(track.asString());
        }
        if (track.canConvertToInt() && track.asInt() >= 0) {
            return track.asInt();
        }
        throw new IllegalArgumentException("\"track\" must be " + TrackIds.FORM);
    }
}

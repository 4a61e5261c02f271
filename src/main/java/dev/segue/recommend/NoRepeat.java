package dev.segue.recommend;

import java.time.Duration;

/**
 * Excludes the session's tracks, and the tracks of the listener's earlier sessions in the last hours, as far as the history has them.
 * Seeds of a request are tracks of its session.
 *
 * @param hours how long tracks of earlier sessions stay excluded, in hours; 0 for the current session only
 */
public record NoRepeat(int hours) implements SessionRule {

    public NoRepeat {
        if (hours < 0) {
            throw new IllegalArgumentException("no-repeat: hours must be at least 0, is " + hours);
        }
    }

    /** Excludes the tracks of the current session only. */
    public NoRepeat() {
        this(0);
    }

    @Override
    public String name() {
        return "no-repeat";
    }

    @Override
    public void apply(NextTrackRequest request, Exclusions exclusions) {
        for (int back = 0; back < request.history().size(); back++) {
            exclusions.addTrack(request.history().track(back));
        }
        if (hours > 0) {
            request.history().forEachTrackWithin(Duration.ofHours(hours), exclusions::addTrack);
        }
    }
}

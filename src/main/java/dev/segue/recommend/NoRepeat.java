package dev.segue.recommend;

import java.time.Duration;

/**
 * Leaves out the tracks that the session has had, and those that the listener played a while ago in earlier sessions, as far back as the
 * history goes.
 *
 * @param hours for how long tracks of earlier sessions are left out, in hours; 0 for this session alone
 */
public record NoRepeat(int hours) implements SessionRule {

    public NoRepeat {
        if (hours < 0) {
            throw new IllegalArgumentException("no-repeat: hours " + hours + " is negative");
        }
    }

    /** For this session alone. */
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

package dev.segue.adapter;

import dev.segue.id.ListenerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns the positions that players report into plays. A play ends when the player reports {@code stopped}, or another track. The memory holds
 * one play of each listener, so it is bounded by the number of configured users. Thread-safe.
 */
public final class PlaybackReports {

    private final Map<ListenerId, Reported> current = new HashMap<>();

    /** The state of a player. */
    public enum State {
        STARTING,
        PLAYING,
        PAUSED,
        STOPPED
    }

    /**
     * A play that is reported.
     *
     * @param track the track's id, as the client writes it
     * @param startedAt time of the first report less its position, in ms since 1970
     * @param millis the largest position, in ms
     */
    public record Reported(String track, long startedAt, long millis, boolean isStopped) {}

    /**
     * Adds a report.
     *
     * @param millis the position in the track
     * @param now the time in ms since 1970
     * @return the plays that have ended: none, one or two. A repeated {@code stopped} returns its play again
     */
    public synchronized List<Reported> add(ListenerId listener, String track, long millis, State state, long now) {
        Reported before = current.get(listener);
        boolean isSame = before != null && before.track().equals(track) && state != State.STARTING;
        boolean stops = state == State.STOPPED;
        List<Reported> ended = new ArrayList<>();
        if (before != null && !before.isStopped() && !isSame && before.millis() > 0) {
            ended.add(before);
        }
        Reported continued = before != null && isSame && (stops || !before.isStopped()) ? before : null;
        var after = continued == null
                ? new Reported(track, now - millis, millis, stops)
                : new Reported(track, continued.startedAt(), Math.max(continued.millis(), millis), stops);
        current.put(listener, after);
        if (stops) {
            ended.add(after);
        }
        return ended;
    }
}

package dev.segue.adapter;

import dev.segue.id.ListenerId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the positions that players report into plays. A play ends when the player reports {@code stopped}, or another track. The memory holds
 * one play of each player, of at most {@value #MAX_PLAYERS} players. Thread-safe.
 */
public final class PlaybackReports {

    private static final int MAX_PLAYERS = 10_000;

    private final Map<Player, Reported> current = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Player, Reported> eldest) {
            return size() > MAX_PLAYERS;
        }
    };

    /**
     * A player of a listener, who may use several at a time.
     *
     * @param client the client's name
     */
    public record Player(ListenerId listener, String client) {}

    /**
     * The effect of a report.
     *
     * @param ended the plays that have ended: none, one or two. A repeated {@code stopped} returns its play again
     * @param before the player's play before the report; null if there was none
     */
    public record Change(List<Reported> ended, @Nullable Reported before) {}

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
     * @param reportedAt time of the last report, in ms since 1970
     */
    public record Reported(String track, long startedAt, long millis, long reportedAt, boolean isStopped) {}

    /**
     * Adds a report.
     *
     * @param millis the position in the track
     * @param now the time in ms since 1970
     */
    public synchronized Change add(Player player, String track, long millis, State state, long now) {
        Reported before = current.get(player);
        boolean isSame = before != null && before.track().equals(track) && state != State.STARTING;
        boolean stops = state == State.STOPPED;
        List<Reported> ended = new ArrayList<>();
        if (before != null && !before.isStopped() && !isSame && before.millis() > 0) {
            ended.add(before);
        }
        Reported continued = before != null && isSame && (stops || !before.isStopped()) ? before : null;
        var after = continued == null
                ? new Reported(track, now - millis, millis, now, stops)
                : new Reported(track, continued.startedAt(), Math.max(continued.millis(), millis), now, stops);
        current.put(player, after);
        if (stops) {
            ended.add(after);
        }
        return new Change(ended, before);
    }

    /** Forgets the players of a listener. */
    public synchronized void forget(ListenerId listener) {
        current.keySet().removeIf(player -> player.listener().equals(listener));
    }

    /** Takes a report back, because its plays could not be recorded. */
    public synchronized void undo(Player player, Change change) {
        if (change.before() == null) {
            current.remove(player);
        } else {
            current.put(player, change.before());
        }
    }
}

package dev.segue.training;

import dev.segue.event.EventReader;
import dev.segue.id.TrackRows;
import dev.segue.play.Event;
import dev.segue.play.Playback;
import java.util.Comparator;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** Ranks tracks by their total time: the sum of the played shares of a track's playbacks, over all listeners. */
public final class TopTracks {

    private final TrackRows tracks;
    private final double[] playedTimes;
    private final boolean[] played;
    private long playbacks;

    /** @param tracks the tracks of the catalog */
    public TopTracks(TrackRows tracks) {
        this.tracks = tracks;
        playedTimes = new double[tracks.size()];
        played = new boolean[tracks.size()];
    }

    /**
     * Counts all playbacks of a log.
     *
     * @param progress receives the number of playbacks so far, after each playback
     * @throws TrainingException if a track is not in the catalog; reported plays of such tracks are left out
     * @throws dev.segue.event.EventLogException if a line is not an event
     */
    public void count(EventReader events, LongConsumer progress) {
        for (Event event = events.next(); event != null; event = events.next()) {
            Playback playback = event.playback();
            if (playback != null && TrainingException.isInCatalog(event, playback, tracks)) {
                int row = tracks.row(playback.track());
                playedTimes[row] += playback.time();
                played[row] = true;
                progress.accept(++playbacks);
            }
        }
    }

    /** The number of counted playbacks. */
    public long playbacks() {
        return playbacks;
    }

    /** All played tracks in descending order of the total time, ties in the catalog's order. */
    public int[] ranked() {
        return IntStream.range(0, playedTimes.length)
                .filter(row -> played[row])
                .boxed()
                .sorted(Comparator.comparingDouble(row -> -playedTimes[row]))
                .mapToInt(tracks::track)
                .toArray();
    }
}

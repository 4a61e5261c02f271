package dev.segue.training;

import dev.segue.event.EventReader;
import dev.segue.play.Event;
import dev.segue.play.Playback;
import java.util.Comparator;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** Ranks tracks by their total time: the sum of the played shares of a track's playbacks, over all listeners. */
public final class TopTracks {

    private final double[] playedTimes;
    private final boolean[] played;
    private long playbacks;

    /** @param catalogTracks number of tracks; their ids are 0 to {@code catalogTracks} − 1
     */
    public TopTracks(int catalogTracks) {
        playedTimes = new double[catalogTracks];
        played = new boolean[catalogTracks];
    }

    /**
     * Counts all playbacks of a log.
     *
     * @param progress receives the number of playbacks so far, after each playback
     * @throws TrainingException if a track is not in the catalog
     * @throws dev.segue.event.EventLogException if a line is not an event
     */
    public void count(EventReader events, LongConsumer progress) {
        for (Event event = events.next(); event != null; event = events.next()) {
            Playback playback = event.playback();
            if (playback != null) {
                TrainingException.requireInCatalog(event, playedTimes.length);
                playedTimes[playback.track()] += playback.time();
                played[playback.track()] = true;
                progress.accept(++playbacks);
            }
        }
    }

    /** The number of counted playbacks. */
    public long playbacks() {
        return playbacks;
    }

    /** All played tracks in descending order of the total time, ties in ascending order of ids. */
    public int[] ranked() {
        return IntStream.range(0, playedTimes.length)
                .filter(track -> played[track])
                .boxed()
                .sorted(Comparator.comparingDouble(track -> -playedTimes[track]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}

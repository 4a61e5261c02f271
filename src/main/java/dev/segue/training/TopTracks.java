package dev.segue.training;

import dev.segue.event.EventReader;
import dev.segue.play.Event;
import dev.segue.play.Playback;
import java.util.Comparator;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** The tracks that were listened to longest, over all listeners: a track's playbacks, each counted with the fraction played. */
public final class TopTracks {

    private final double[] listened;
    private final boolean[] played;
    private long playbacks;

    /**
     * @param catalogTracks how many tracks there are, ids 0 to that − 1
     */
    public TopTracks(int catalogTracks) {
        listened = new double[catalogTracks];
        played = new boolean[catalogTracks];
    }

    /**
     * Counts all playbacks of a log.
     *
     * @param progress receives the number of playbacks so far
     * @throws TrainingException if a track is not in the catalog
     * @throws dev.segue.event.EventLogException if a line is no event
     */
    public void count(EventReader events, LongConsumer progress) {
        for (Event event = events.next(); event != null; event = events.next()) {
            Playback playback = event.playback();
            if (playback != null) {
                TrainingException.requireInCatalog(event, listened.length);
                listened[playback.track()] += playback.time();
                played[playback.track()] = true;
                progress.accept(++playbacks);
            }
        }
    }

    /** How many playbacks were counted. */
    public long playbacks() {
        return playbacks;
    }

    /** All tracks that were played, by falling time, ties by id. */
    public int[] ranked() {
        return IntStream.range(0, listened.length)
                .filter(track -> played[track])
                .boxed()
                .sorted(Comparator.comparingDouble(track -> -listened[track]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}

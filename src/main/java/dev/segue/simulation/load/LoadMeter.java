package dev.segue.simulation.load;

import dev.segue.simulation.load.LoadSimulation.Played;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts what happens to a load's sessions and their requests. Answers to sessions numbered below the warm-up are not
 * counted; failures are, whenever they happen.
 */
final class LoadMeter {

    private final long warmUp;
    private final RequestMeter requests;
    private final List<Played> played = new ArrayList<>();
    private long sessionsEnded;

    LoadMeter(long warmUp, RequestMeter requests) {
        this.warmUp = warmUp;
        this.requests = requests;
    }

    void began(long session) {
        if (session >= warmUp) {
            requests.start();
        }
    }

    void answered(long session, long nanos) {
        if (session >= warmUp) {
            requests.answered(nanos);
        } else {
            requests.connected();
        }
    }

    synchronized void completed(long session, Played end) {
        if (session >= warmUp) {
            played.add(end);
        }
    }

    /** How many counted sessions ended so far, well or not. */
    synchronized long ended(long session) {
        if (session >= warmUp) {
            sessionsEnded++;
        }
        return sessionsEnded;
    }

    synchronized List<Played> played() {
        return List.copyOf(played);
    }

    synchronized LoadResult result() {
        return new LoadResult(played.size(), requests.figures());
    }
}

package dev.segue.simulation.load;

import dev.segue.simulation.load.LoadSimulation.Played;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the sessions and requests of a load. Responses in warm-up sessions (numbered below {@code warmUp}) are not counted;
 * failures are always counted.
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

    void beginSession(long session) {
        if (session >= warmUp) {
            requests.start();
        }
    }

    void recordResponse(long session, long nanos) {
        if (session >= warmUp) {
            requests.recordResponse(nanos);
        } else {
            requests.recordContact();
        }
    }

    synchronized void completeSession(long session, Played end) {
        if (session >= warmUp) {
            played.add(end);
        }
    }

    /** Counts the end of a session, after a failure or not; returns the number of counted sessions that have ended. */
    synchronized long endSession(long session) {
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

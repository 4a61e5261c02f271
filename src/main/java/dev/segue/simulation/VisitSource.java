package dev.segue.simulation;

import org.jspecify.annotations.Nullable;

/** A source of visits, which gives a listener one session at a time. For any number of threads. */
public interface VisitSource {

    /**
     * Takes the next visit; its listener has a session until {@link #ended} is called.
     *
     * @return null if no visit is due; one may become due when a session ends
     */
    @Nullable
    Visit next();

    /**
     * Records the end of a listener's session.
     *
     * @param millis end of the session, in ms since 1970
     * @param totalTime total time of its playbacks, in track lengths
     */
    void ended(int listener, long millis, double totalTime);
}

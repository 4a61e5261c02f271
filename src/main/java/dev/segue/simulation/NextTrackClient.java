package dev.segue.simulation;

import dev.segue.listener.ListenerId;

/**
 * Tells simulated listeners what to hear next: all that they know of a server. One client serves one thread at a
 * time; its sessions may take turns.
 */
public interface NextTrackClient extends AutoCloseable {

    /**
     * Tells what was just played and asks what comes next.
     *
     * @param time the fraction of the track that was played, 0 to 1
     * @return the recommended track
     * @throws NextTrackException if there is no answer, or none that can be used
     */
    int next(ListenerId listener, int track, double time);

    /**
     * Tells what was played last; the session is over.
     *
     * @param time the fraction of the track that was played, 0 to 1
     * @throws NextTrackException if it was not taken note of
     */
    void last(ListenerId listener, int track, double time);

    /** Gives up what the client holds, such as a connection. */
    @Override
    default void close() {}
}

package dev.segue.simulation;

import dev.segue.id.ListenerId;

/**
 * Requests the next track for simulated listeners. For one thread at a time; requests of several sessions may alternate.
 */
public interface NextTrackClient extends AutoCloseable {

    /**
     * Reports a playback and requests the next track.
     *
     * @param time the fraction of the track that was played, 0 to 1
     * @return the recommended track
     * @throws NextTrackException if there is no response, or an invalid one
     */
    int next(ListenerId listener, int track, double time);

    /**
     * Reports a session's last playback, which ends the session.
     *
     * @param time the fraction of the track that was played, 0 to 1
     * @throws NextTrackException if there is no response, or an invalid one
     */
    void last(ListenerId listener, int track, double time);

    /** Releases the client's resources, such as a connection. */
    @Override
    default void close() {}
}

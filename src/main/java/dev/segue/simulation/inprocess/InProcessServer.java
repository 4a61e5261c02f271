package dev.segue.simulation.inprocess;

import dev.segue.event.EventSink;
import dev.segue.id.ListenerId;
import dev.segue.simulation.NextTrackClient;
import java.time.InstantSource;
import java.util.List;

/** A server in this process. For any number of threads. */
public interface InProcessServer {

    /** The names of the arms; a paired simulation compares the others with the first. */
    List<String> arms();

    /**
     * The arm that plays a listener's session.
     *
     * @param session the listener's session number, from 1
     * @return a position in {@link #arms}
     */
    int arm(ListenerId listener, long session);

    /**
     * Creates clients for a group of listeners, one per arm, with a common listening history. Their recommendations do not
     * depend on other groups, and their latency is 0.
     *
     * @param clock time of the group's events
     * @param log receives the group's events
     */
    List<NextTrackClient> clients(InstantSource clock, EventSink log);

    /** Creates a client of one arm for a group of listeners, with its own listening history; see {@link #clients}. */
    NextTrackClient client(int arm, InstantSource clock, EventSink log);
}

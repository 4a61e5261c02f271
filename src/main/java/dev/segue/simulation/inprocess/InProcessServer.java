package dev.segue.simulation.inprocess;

import dev.segue.event.EventSink;
import dev.segue.listener.ListenerId;
import dev.segue.simulation.NextTrackClient;
import java.time.InstantSource;
import java.util.List;

/** A server in this process, as a simulation needs it. Any thread may ask it. */
public interface InProcessServer {

    /** The names of the arms; in a paired simulation the first is what the others are compared with. */
    List<String> arms();

    /**
     * The arm that plays a listener's session.
     *
     * @param session the listener's session number, from 1
     * @return a position in {@link #arms}
     */
    int arm(ListenerId listener, long session);

    /**
     * Clients for a group of listeners that nobody else plays: one for each arm, which all know what the group heard. They
     * take the time from {@code clock}, measure no latency, and answer alike whatever other groups do.
     *
     * @param log where the group's events go
     */
    List<NextTrackClient> clients(InstantSource clock, EventSink log);

    /** A client of one arm for a group of listeners, who are in no other arm; otherwise like those of {@link #clients}. */
    NextTrackClient client(int arm, InstantSource clock, EventSink log);
}

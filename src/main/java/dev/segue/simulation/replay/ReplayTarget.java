package dev.segue.simulation.replay;

import dev.segue.listener.ListenerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a log is replayed to. */
public interface ReplayTarget extends AutoCloseable {

    /** A new client. */
    ReplayClient connect();

    /** Whether there is an experiment of that name. */
    boolean has(String experiment);

    /** The names of an experiment's arms, of one that there is. */
    List<String> arms(String experiment);

    /** Whether {@link #arm} can be asked for a listener. */
    boolean canTellArm(ListenerId listener);

    /** A listener's arm in an experiment that there is, or null for listeners who take no part in it. */
    @Nullable
    String arm(String experiment, ListenerId listener);

    @Override
    void close();
}

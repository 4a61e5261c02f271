package dev.segue.simulation.replay;

import dev.segue.id.ListenerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The target of a replay: a server, or recommenders in this process. */
public interface ReplayTarget extends AutoCloseable {

    /** Creates a client. */
    ReplayClient connect();

    /** Whether the target has an experiment. */
    boolean has(String experiment);

    /** The names of an experiment's arms; empty for an unknown experiment. */
    List<String> arms(String experiment);

    /** Whether {@link #arm} can be called for a listener. */
    boolean canQueryArm(ListenerId listener);

    /** A listener's arm in a known experiment; null for listeners outside the experiment. */
    @Nullable
    String arm(String experiment, ListenerId listener);

    @Override
    void close();
}

package dev.segue.simulation;

import dev.segue.listener.ListenerId;
import dev.segue.simulation.NextTrackException.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.Method;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The arms of a server's serving experiment, as Segue tells them; a server that does not has one arm, itself. */
public final class ServedArms implements AutoCloseable {

    /** The arm of servers that tell of none, and of listeners who take no part. */
    private static final String NONE = "server";

    private final ServerConnection connection;
    private final @Nullable String experiment;
    private final List<String> arms = new ArrayList<>();

    /**
     * Asks a server for its experiments.
     *
     * @throws NextTrackException if it does not answer
     */
    public ServedArms(URI url, Duration timeout) {
        connection = new ServerConnection(url, timeout);
        JsonNode serving = serving();
        experiment = serving == null ? null : serving.path("name").asString();
        if (serving != null) {
            serving.path("arms").forEach(arm -> arms.add(arm.path("name").asString()));
        }
        arms.add(NONE);
    }

    private @Nullable JsonNode serving() {
        try {
            for (JsonNode candidate :
                    connection.exchange(Method.GET, "/experiments", null).path("experiments")) {
                if (candidate.path("serves").asBoolean(false)) {
                    return candidate;
                }
            }
        } catch (NextTrackException e) {
            if (e.kind() != Kind.CLIENT_ERROR && e.kind() != Kind.GARBAGE) {
                throw e;
            }
        }
        return null;
    }

    /** The arms' names; the last stands for none. */
    public List<String> arms() {
        return List.copyOf(arms);
    }

    /**
     * Asks for a listener's arm.
     *
     * @return a position in {@link #arms}
     * @throws NextTrackException if the server does not answer
     */
    public int arm(ListenerId listener) {
        if (experiment == null) {
            return arms.size() - 1;
        }
        String path = "/experiments/" + ServerConnection.encoded(experiment) + "/assignment?user="
                + ServerConnection.encoded(listener.text());
        int arm = arms.indexOf(
                connection.exchange(Method.GET, path, null).path("treatment").asString(NONE));
        return arm < 0 ? arms.size() - 1 : arm;
    }

    @Override
    public void close() {
        connection.close();
    }
}

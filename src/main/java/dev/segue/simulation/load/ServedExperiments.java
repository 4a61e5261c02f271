package dev.segue.simulation.load;

import dev.segue.listener.ListenerId;
import dev.segue.simulation.NextTrackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A server's experiments, as Segue tells them; a server that does not has none. */
public final class ServedExperiments implements AutoCloseable {

    private static final Duration AFTER_STOP = Duration.ofSeconds(5);

    private final ServerConnection connection;
    private final Map<String, List<String>> arms = new LinkedHashMap<>();
    private @Nullable String serving;

    /**
     * Asks a server for its experiments.
     *
     * @throws NextTrackException if it does not answer
     */
    public ServedExperiments(RemoteServer server) {
        connection = new ServerConnection(server);
        try {
            connection.get("/experiments").path("experiments").forEach(this::add);
        } catch (NextTrackException e) {
            if (!e.isAnswer()) {
                throw e;
            }
        }
    }

    private void add(JsonNode experiment) {
        String name = experiment.path("name").asString();
        List<String> names = new ArrayList<>();
        experiment.path("arms").forEach(arm -> names.add(arm.path("name").asString()));
        arms.put(name, List.copyOf(names));
        if (experiment.path("serves").asBoolean(false)) {
            serving = name;
        }
    }

    /** The names of the experiments, and of their arms. */
    public Map<String, List<String>> arms() {
        return Map.copyOf(arms);
    }

    /** The name of the experiment that decides who is recommended what; null if there is none. */
    public @Nullable String serving() {
        return serving;
    }

    /** Whether a server can be asked for a listener's arm: the URL must be able to name them. */
    public static boolean canTellArm(ListenerId listener) {
        return UrlForm.inQuery(listener);
    }

    /**
     * A listener's arm in an experiment, or null for listeners who take no part in it.
     *
     * @throws NextTrackException if the server does not answer
     */
    public @Nullable String arm(String experiment, ListenerId listener) {
        String path = "/experiments/" + ServerConnection.encoded(experiment) + "/assignment?user="
                + ServerConnection.encoded(listener.text());
        JsonNode treatment = connection.get(path).path("treatment");
        return treatment.isString() ? treatment.asString() : null;
    }

    @Override
    public void close() {
        connection.close();
    }

    /** True once {@code stop} is true and five seconds have passed: the time for requests that complete the figures. */
    public static BooleanSupplier deadline(BooleanSupplier stop) {
        long end = System.nanoTime() + AFTER_STOP.toNanos();
        return () -> stop.getAsBoolean() && System.nanoTime() > end;
    }
}

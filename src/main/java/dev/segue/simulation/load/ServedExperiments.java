package dev.segue.simulation.load;

import dev.segue.id.ListenerId;
import dev.segue.simulation.NextTrackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The experiments of a server, by Segue's {@code /experiments} endpoints; servers without these have no experiments. */
public final class ServedExperiments implements AutoCloseable {

    private static final Duration AFTER_STOP = Duration.ofSeconds(5);

    private final ServerConnection connection;
    private final Map<String, List<String>> arms = new LinkedHashMap<>();
    private @Nullable String serving;

    /**
     * Requests the experiments of a server.
     *
     * @throws NextTrackException if the server does not respond
     */
    public ServedExperiments(RemoteServer server) {
        connection = new ServerConnection(server);
        try {
            connection.get("/experiments").path("experiments").forEach(this::add);
        } catch (NextTrackException e) {
            if (!e.isResponse()) {
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

    /** The names of the arms by experiment. */
    public Map<String, List<String>> arms() {
        return Map.copyOf(arms);
    }

    /** The name of the experiment whose arms choose the recommender; null if there is none. */
    public @Nullable String serving() {
        return serving;
    }

    /** Whether a listener's arm can be requested: the listener must have a form in URLs. */
    public static boolean canQueryArm(ListenerId listener) {
        return UrlForm.inQuery(listener);
    }

    /**
     * Requests a listener's arm in an experiment.
     *
     * @return null for listeners outside the experiment
     * @throws NextTrackException if there is no valid response
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

    /** True once {@code stop} is true and five seconds have passed since this call: the time for the requests of arms. */
    public static BooleanSupplier deadline(BooleanSupplier stop) {
        long end = System.nanoTime() + AFTER_STOP.toNanos();
        return () -> stop.getAsBoolean() && System.nanoTime() > end;
    }
}

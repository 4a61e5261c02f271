package dev.segue.simulation.load;

import dev.segue.id.ListenerId;
import dev.segue.play.Recommendation;
import dev.segue.simulation.NextTrackClient;
import tools.jackson.databind.JsonNode;

/**
 * A client of servers that implement the Botify protocol: {@code POST /next/{user}} and {@code POST /last/{user}}. Uses one
 * connection, for one thread at a time. Requests are not retried.
 */
public final class HttpNextTrackClient implements NextTrackClient {

    private final ServerConnection connection;

    /** Connects on the first request. */
    public HttpNextTrackClient(RemoteServer server) {
        this(new ServerConnection(server));
    }

    public HttpNextTrackClient(ServerConnection connection) {
        this.connection = connection;
    }

    @Override
    public int next(ListenerId listener, int track, double time) {
        String path = "/next/" + ServerConnection.encoded(listener.text());
        JsonNode response = connection.post(path, body(track, time));
        JsonNode next = response.path("track");
        int recommended = TrackJson.read(next);
        if (recommended == Recommendation.NO_TRACK) {
            throw ServerConnection.garbage("POST " + path, response.toString(), null);
        }
        return recommended;
    }

    @Override
    public void last(ListenerId listener, int track, double time) {
        var unused = connection.post("/last/" + ServerConnection.encoded(listener.text()), body(track, time));
    }

    private static String body(int track, double time) {
        return "{\"track\":" + TrackJson.text(track) + ",\"time\":" + time + "}";
    }

    @Override
    public void close() {
        connection.close();
    }
}

package dev.segue.simulation.load;

import dev.segue.listener.ListenerId;
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
        if (!next.isInt() || next.intValue() < 0) {
            throw ServerConnection.garbage("POST " + path, response.toString(), null);
        }
        return next.intValue();
    }

    @Override
    public void last(ListenerId listener, int track, double time) {
        var unused = connection.post("/last/" + ServerConnection.encoded(listener.text()), body(track, time));
    }

    private static String body(int track, double time) {
        return "{\"track\":" + track + ",\"time\":" + time + "}";
    }

    @Override
    public void close() {
        connection.close();
    }
}

package dev.segue.simulation.replay;

import dev.segue.id.ListenerId;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import dev.segue.simulation.NextTrackException;
import dev.segue.simulation.load.HttpNextTrackClient;
import dev.segue.simulation.load.RemoteServer;
import dev.segue.simulation.load.ServerConnection;
import dev.segue.simulation.load.TrackJson;
import dev.segue.simulation.load.UrlForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends recorded requests to a server: to Segue's {@code /next_track} for rankings, and to {@code /next/{user}} of the Botify
 * protocol for single tracks.
 */
public final class HttpReplayClient implements ReplayClient {

    private static final JsonMapper JSON = new JsonMapper();

    private static final String NO_TRACK_PLAYED = "the Botify protocol has no request without a track";
    private static final String NOT_A_PATH = "the path /last/{user} cannot name such a listener (\"007\", \"a/b\")";

    private final ServerConnection connection;
    private final HttpNextTrackClient botify;
    private final int ranks;

    /**
     * @param ranks number of tracks to request, 1 to 1000; 1 uses the Botify protocol
     */
    public HttpReplayClient(RemoteServer server, int ranks) {
        connection = new ServerConnection(server);
        botify = new HttpNextTrackClient(connection);
        this.ranks = ranks;
    }

    /**
     * Whether a server has {@code /next_track}, by its OpenAPI document.
     *
     * @throws NextTrackException if the server does not respond
     */
    public static boolean supportsRanking(RemoteServer server) {
        try (var connection = new ServerConnection(server)) {
            return connection.get("/openapi.json").path("paths").has("/next_track");
        } catch (NextTrackException e) {
            if (e.isResponse()) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public List<Integer> next(Event recorded) {
        Playback playback = recorded.playback();
        if (ranks == 1 && playback != null) {
            return List.of(botify.next(recorded.listener(), playback.track(), playback.time()));
        }
        ObjectNode request = JSON.createObjectNode();
        ListenerId listener = recorded.listener();
        if (listener.quoted()) {
            request.put("user", listener.text());
        } else {
            request.put("user", listener.key());
        }
        if (playback != null) {
            request.set("track", TrackJson.of(playback.track()));
            request.put("time", playback.time());
        }
        request.put("count", ranks);
        JsonNode response = connection.post("/next_track", request.toString());
        List<Integer> tracks = new ArrayList<>();
        response.path("tracks").forEach(track -> tracks.add(TrackJson.read(track)));
        if (!response.path("tracks").isArray() || tracks.contains(Recommendation.NO_TRACK)) {
            throw ServerConnection.garbage("POST /next_track", response.toString(), null);
        }
        return tracks;
    }

    @Override
    public void last(Event recorded) {
        Playback playback = Objects.requireNonNull(recorded.playback());
        botify.last(recorded.listener(), playback.track(), playback.time());
    }

    /**
     * The reason why an event is not sent. The Botify protocol cannot start a session without a playback. For listeners whom
     * {@code /last/{user}} cannot name, nothing is sent, since their sessions could not be ended.
     */
    @Override
    public @Nullable String obstacle(Event recorded) {
        if (!UrlForm.inPath(recorded.listener())) {
            return NOT_A_PATH;
        }
        return ranks == 1 && recorded.message() == Message.START ? NO_TRACK_PLAYED : null;
    }

    @Override
    public void close() {
        connection.close();
    }
}

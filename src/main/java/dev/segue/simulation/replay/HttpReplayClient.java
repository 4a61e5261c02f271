package dev.segue.simulation.replay;

import dev.segue.listener.ListenerId;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import dev.segue.simulation.NextTrackException;
import dev.segue.simulation.load.HttpNextTrackClient;
import dev.segue.simulation.load.RemoteServer;
import dev.segue.simulation.load.ServerConnection;
import dev.segue.simulation.load.UrlForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends recorded requests to a server: to {@code /next_track} where rankings are wanted, which Segue knows, otherwise to
 * {@code /next/{user}}, as Botify does.
 */
public final class HttpReplayClient implements ReplayClient {

    private static final JsonMapper JSON = new JsonMapper();

    private static final String UNHEARD = "Botify's protocol has no request without a track";
    private static final String UNNAMEABLE = "the path /last/{user} cannot name such a listener (\"007\", \"a/b\")";

    private final ServerConnection connection;
    private final HttpNextTrackClient botify;
    private final int ranks;

    /**
     * @param ranks how many tracks to ask for, 1 to 1000; 1 speaks Botify's protocol
     */
    public HttpReplayClient(RemoteServer server, int ranks) {
        connection = new ServerConnection(server);
        botify = new HttpNextTrackClient(connection);
        this.ranks = ranks;
    }

    /**
     * Whether a server can rank.
     *
     * @throws NextTrackException if it does not answer
     */
    public static boolean ranks(RemoteServer server) {
        try (var connection = new ServerConnection(server)) {
            return connection.get("/openapi.json").path("paths").has("/next_track");
        } catch (NextTrackException e) {
            if (e.isAnswer()) {
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
        ObjectNode question = JSON.createObjectNode();
        ListenerId listener = recorded.listener();
        if (listener.quoted()) {
            question.put("user", listener.text());
        } else {
            question.put("user", listener.key());
        }
        if (playback != null) {
            question.put("track", playback.track()).put("time", playback.time());
        }
        question.put("count", ranks);
        JsonNode answer = connection.post("/next_track", question.toString());
        List<Integer> tracks = new ArrayList<>();
        answer.path("tracks").forEach(track -> tracks.add(track.asInt(Recommendation.NO_TRACK)));
        if (!answer.path("tracks").isArray() || tracks.stream().anyMatch(track -> track < 0)) {
            throw ServerConnection.garbage("POST /next_track", answer.toString(), null);
        }
        return tracks;
    }

    @Override
    public void last(Event recorded) {
        Playback playback = Objects.requireNonNull(recorded.playback());
        botify.last(recorded.listener(), playback.track(), playback.time());
    }

    /**
     * Botify's protocol knows no session that begins with nothing heard; and of a listener whom its paths cannot name,
     * nothing is sent, since sessions that never end would run into each other.
     */
    @Override
    public @Nullable String obstacle(Event recorded) {
        if (!UrlForm.inPath(recorded.listener())) {
            return UNNAMEABLE;
        }
        return ranks == 1 && recorded.message() == Message.START ? UNHEARD : null;
    }

    @Override
    public void close() {
        connection.close();
    }
}

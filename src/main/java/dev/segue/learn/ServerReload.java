package dev.segue.learn;

import dev.segue.training.TrainingException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reloads the catalogs and models of a running server. */
public final class ServerReload {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final JsonMapper JSON = new JsonMapper();

    private ServerReload() {}

    /** The server refuses the files, or cannot load them, and serves the former ones. */
    public static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1;

        private RefusedException(String message) {
            super(message);
        }
    }

    /**
     * Sends {@code POST /admin/reload}.
     *
     * @param server the server's address, such as {@code http://127.0.0.1:5000}
     * @param token the server's {@code admin.token}; empty if it has none
     * @param isForced whether the server must not refuse catalogs that differ much
     * @return the new generation's fingerprint
     * @throws TrainingException if the server does not respond
     * @throws RefusedException if it refuses
     */
    public static String of(URI server, Optional<String> token, boolean isForced) throws RefusedException {
        URI uri =
                URI.create(server.toString().replaceAll("/+$", "") + "/admin/reload" + (isForced ? "?force=true" : ""));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody());
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        try {
            HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            JsonNode body = JSON.readTree(response.body());
            if (response.statusCode() != 200) {
                throw new RefusedException(uri + " responds " + response.statusCode() + ": "
                        + body.path("detail").asString(""));
            }
            return body.path("generation").asString("");
        } catch (IOException | JacksonException e) {
            throw new TrainingException("the files are in place, but " + uri + " does not reload them: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingException("interrupted while " + uri + " reloads", e);
        }
    }
}

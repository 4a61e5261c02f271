package dev.segue.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.segue.fuzz.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request to a server with all adapters: a line with method and target, and the body. The server must respond to the request,
 * not with a status of 500 or above, and then to the next one on the connection if it stays open.
 */
public final class EndpointTarget {

    private static final TestServer SERVER = start();

    private static final String NEXT = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

    /** Starts a process, so it is left out; so is HEAD, whose responses have a length and no body. */
    private static final String LEARNING = "/admin/learn";

    private static @Nullable RawConnection connection;

    private EndpointTarget() {}

    private static TestServer start() {
        try {
            return TestServer.in(new Scratch().folder())
                    .with("adapters.listenbrainz_tokens", "{\"100\":\"token\"}")
                    .with("adapters.opensubsonic_users", "{\"100\":\"sesame\"}")
                    .with("adapters.audiomuse", "true")
                    .with("DATA_LOG_FILE_MAX_BYTES", "20000000")
                    .with("DATA_LOG_FILE_BACKUP_COPIES", "1")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has no effect but the start of the server, before the time of an input is measured; called by Jazzer. */
    public static void fuzzerInitialize() {}

    /** Stops the server; called by Jazzer. */
    public static void fuzzerTearDown() {
        SERVER.close();
    }

    /** Sends an input; called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, ISO_8859_1);
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end);
        if (line.contains(LEARNING) || line.toUpperCase(Locale.ROOT).contains("HEAD")) {
            return;
        }
        boolean stays = false;
        try {
            if (connection == null) {
                connection = new RawConnection(SERVER.uri());
            }
            stays = isOpenAfter(connection, line, end < 0 ? "" : text.substring(end + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!stays) {
                close();
            }
        }
    }

    private static void close() {
        RawConnection closed = connection;
        connection = null;
        try {
            if (closed != null) {
                closed.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a request and then another one, and checks both responses; returns whether the connection stays open. */
    private static boolean isOpenAfter(RawConnection connection, String line, String body) throws IOException {
        connection.send(line + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Token token\r\nContent-Type: "
                + contentType(line) + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        RawConnection.Reply reply = connection.read();
        if (reply == null || reply.status() >= 500) {
            throw new AssertionError("the response is " + reply);
        }
        connection.send(NEXT);
        RawConnection.Reply next = connection.read();
        boolean isClosed = next == null && reply.status() >= 400; // a malformed request ends its connection
        if (!isClosed && (next == null || next.status() != 200 || !next.body().contains("live"))) {
            throw new AssertionError("after " + reply + " the next response is " + next);
        }
        return !isClosed;
    }

    private static String contentType(String line) {
        return line.contains("/next_tracks")
                ? "application/x-ndjson"
                : line.contains("/rest/") ? "application/x-www-form-urlencoded" : "application/json";
    }
}

package dev.segue.http;

import dev.segue.adapter.BadReportException;
import dev.segue.adapter.Listen;
import dev.segue.adapter.ListenReader;
import dev.segue.adapter.ListenReader.Submission;
import dev.segue.adapter.PlayNames;
import dev.segue.adapter.Secrets;
import dev.segue.adapter.TrackMatcher;
import dev.segue.event.EventLog;
import dev.segue.id.ListenerId;
import dev.segue.service.Generation;
import dev.segue.service.ReportedPlay;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of ListenBrainz by which players report plays. A thread for batches matches the tracks and logs the plays, and
 * the response is sent when the log has taken them. Errors are problem documents that also have ListenBrainz's members {@code
 * code} and {@code error}.
 */
final class ListenBrainzEndpoints {

    private final Secrets tokens;
    private final ReportedPlays plays;
    private final EventLog log;
    private final BodySizes sizes;
    private final WorkQueue batches;

    /**
     * @param plays records the plays
     * @param batches the queue of the threads that match and log
     */
    ListenBrainzEndpoints(Secrets tokens, ReportedPlays plays, EventLog log, BodySizes sizes, WorkQueue batches) {
        this.tokens = tokens;
        this.plays = plays;
        this.log = log;
        this.sizes = sizes;
        this.batches = batches;
    }

    /** The endpoints, each with and without a prefix, because some clients have no setting for one. */
    List<Endpoint> all() {
        return Stream.of("", "/listenbrainz")
                .flatMap(prefix -> Stream.of(
                        new SubmitListens(prefix + BodySizes.LISTENS), new ValidateToken(prefix + "/1/validate-token")))
                .toList();
    }

    /** A problem with the members that ListenBrainz's clients read. */
    private static ProblemException refusal(Problem problem) {
        return problem.with(Map.of("code", problem.status(), "error", problem.detail()))
                .asException();
    }

    /** The token of {@code Authorization: Token …}; null if there is none. */
    private static @Nullable String token(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        String[] words = header == null ? new String[0] : header.strip().split("\\s+");
        boolean isToken =
                words.length == 2 && (words[0].equalsIgnoreCase("Token") || words[0].equalsIgnoreCase("Bearer"));
        return isToken ? words[1] : null;
    }

    private ListenerId requireListener(HttpServletRequest request) {
        String token = token(request);
        if (token == null) {
            throw refusal(Problem.unauthorized(
                    "You need to provide an Authorization header: Authorization: Token YOUR-TOKEN.", "Token"));
        }
        ListenerId listener = tokens.listener(token);
        if (listener == null) {
            throw refusal(Problem.unauthorized(
                    "Invalid authorization token: adapters.listenbrainz_tokens does not have it.", "Token"));
        }
        return listener;
    }

    private record Submitted(ListenerId listener, Submission submission) {}

    /** {@code POST /1/submit-listens}. */
    private final class SubmitListens extends Endpoint {
        SubmitListens(String path) {
            super(path);
            on("POST", this::handle);
        }

        private void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Submitted submitted = LogWait.readBefore(request) instanceof Submitted waited ? waited : read(request);
            if (submitted.submission().type() == ListenReader.Type.PLAYING_NOW) {
                respondJson(response, Map.of("status", "ok"));
                return;
            }
            if (!log.isWritable()) {
                LogWait.begin(request, log, submitted);
                return;
            }
            Generation served = plays.generation();
            SlowResponse.begin(request, log, batches, () -> record(submitted, served));
        }

        private Submitted read(HttpServletRequest request) throws IOException {
            ListenerId listener = requireListener(request);
            try {
                byte[] body = JsonBody.readOfAnyType(request, sizes.batch()); // as ListenBrainz does
                return new Submitted(listener, ListenReader.read(body, plays.now()));
            } catch (BadReportException bad) {
                throw refusal(Problem.badRequest(String.valueOf(bad.getMessage())));
            } catch (ProblemException refused) {
                throw refusal(refused.problem());
            }
        }
    }

    private EncodedResponse record(Submitted submitted, Generation served) {
        TrackMatcher matcher = plays.matcher(served);
        List<ReportedPlay> reported = submitted.submission().listens().stream()
                .map(listen -> reported(submitted.listener(), listen, matcher))
                .toList();
        try {
            long position = plays.record(reported, served);
            return new EncodedResponse(Json.bytes(Map.of("status", "ok")), "application/json", position);
        } catch (ProblemException refused) {
            throw refusal(refused.problem());
        }
    }

    private static ReportedPlay reported(ListenerId listener, Listen listen, TrackMatcher matcher) {
        long startedAt = 1000 * listen.listenedAt();
        return new ReportedPlay(
                listener, matcher.playback(listen), startedAt, startedAt + listen.playedMillis(), PlayNames.of(listen));
    }

    /** {@code GET /1/validate-token}. */
    private final class ValidateToken extends Endpoint {
        ValidateToken(String path) {
            super(path);
            onSafeGet((request, response) -> respondJson(response, describe(request)));
        }

        private Map<String, Object> describe(HttpServletRequest request) {
            String token = token(request);
            if (token == null) {
                throw refusal(Problem.badRequest(
                        "You need to provide an Authorization token: Authorization: Token YOUR-TOKEN."));
            }
            ListenerId listener = tokens.listener(token);
            Map<String, Object> description = new LinkedHashMap<>();
            description.put("code", 200);
            description.put("message", listener == null ? "Token invalid." : "Token valid.");
            description.put("valid", listener != null);
            if (listener != null) {
                description.put("user_name", listener.text());
            }
            return description;
        }
    }
}

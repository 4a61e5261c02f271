package dev.segue.http;

import static dev.segue.http.FieldValues.bad;
import static dev.segue.http.FieldValues.checked;

import dev.segue.id.ListenerId;
import dev.segue.service.NextTrackQuery;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;

/**
 * Reads requests strictly. A field that is unknown, repeated, missing, out of range or of another type leads to a problem with
 * a remedy.
 */
final class RequestReader {

    /** The fields of Botify's {@code /next}; its path has the user. */
    static final Set<String> BOTIFY_NEXT = Set.of("track", "time", "request_id", "exclude");

    static final Set<String> BOTIFY_LAST = Set.of("track", "time", "request_id");

    /** The fields of the body of {@code POST /next_track}, and of a line of a batch. */
    static final Set<String> BODY = Set.of(
            "user",
            "track",
            "time",
            "session",
            "request_id",
            "count",
            "explain",
            "dry_run",
            "exclude",
            "seeds",
            "filter",
            "arm");

    private static final Set<String> PARAMETERS = Set.of(
            "user",
            "track",
            "time",
            "request_id",
            "count",
            "explain",
            "dry_run",
            "exclude_track",
            "exclude_artist",
            "seed_track",
            "seed_artist",
            "tag_any",
            "tag_all",
            "tag_none",
            "explicit",
            "year_from",
            "year_to",
            "arm");

    private RequestReader() {}

    /**
     * Reads {@code GET /next_track?user=1&track=10&time=0.3}.
     *
     * @param isTrack accepts the tracks of the catalog
     */
    static NextTrackQuery fromParameters(HttpServletRequest request, IntPredicate isTrack, ServerMetrics metrics) {
        Map<String, String[]> plain = PlainQuery.parameters(request.getQueryString());
        Map<String, String[]> parameters = plain == null ? request.getParameterMap() : plain;
        var reader = new QueryReader(PARAMETERS, null);
        parameters.forEach((name, values) -> reader.setTexts(name, values, isTrack));
        return counted(reader, reader.query(), metrics);
    }

    /** Reads the JSON body of {@code POST /next_track}. */
    static NextTrackQuery fromBody(HttpServletRequest request, int maxBytes, ServerMetrics metrics) throws IOException {
        QueryReader reader = readBody(request, BODY, null, maxBytes);
        return counted(reader, reader.query(), metrics);
    }

    /**
     * Reads the JSON body of Botify's {@code POST /next/{user}} or {@code POST /last/{user}}.
     *
     * @param fields {@link #BOTIFY_NEXT} or {@link #BOTIFY_LAST}
     */
    static NextTrackQuery fromBotifyBody(
            HttpServletRequest request, Set<String> fields, ListenerId user, int maxBytes, ServerMetrics metrics)
            throws IOException {
        QueryReader reader = readBody(request, fields, user, maxBytes);
        NextTrackQuery query = reader.query();
        if (query.last() == null) {
            throw bad("track and time are missing: the track that was just played, and the fraction of it");
        }
        return counted(reader, query, metrics);
    }

    /** Reads a listener from a path or a query string. */
    static ListenerId listener(String text) {
        return checked("user", text, ListenerId::parse);
    }

    private static NextTrackQuery counted(QueryReader reader, NextTrackQuery query, ServerMetrics metrics) {
        if (reader.isClamped()) {
            metrics.clampedShare();
        }
        return query;
    }

    private static QueryReader readBody(
            HttpServletRequest request, Set<String> fields, @Nullable ListenerId user, int maxBytes)
            throws IOException {
        byte[] body = JsonBody.read(request, maxBytes, "application/json");
        if (body.length == 0) {
            throw bad("the body is empty; send a JSON object such as {\"user\":1,\"track\":10,\"time\":0.3}");
        }
        var reader = new QueryReader(fields, user);
        try (JsonParser parser = Json.STRICT.createParser(ObjectReadContext.empty(), body)) {
            reader.readObject(parser, "the body");
        } catch (JacksonException malformed) {
            throw JsonBody.malformed(malformed);
        }
        return reader;
    }
}

package dev.segue.http;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A problem of a request, as a problem document of RFC 9457.
 *
 * @param status the HTTP status
 * @param title the standard phrase of the status
 * @param detail the problem and its remedy
 * @param headers further response headers
 * @param members further members of the document
 */
record Problem(int status, String title, String detail, Map<String, String> headers, Map<String, Object> members) {

    Problem(int status, String title, String detail, Map<String, String> headers) {
        this(status, title, detail, headers, Map.of());
    }

    static final String CONTENT_TYPE = "application/problem+json";

    /** Jetty's name for the path of a request whose path it could not read. */
    private static final String NOT_READ = "/badMessage";

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(417, "Expectation Failed"),
            Map.entry(421, "Misdirected Request"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"));

    static Problem of(int status, String detail) {
        return new Problem(status, titleOf(status), detail, Map.of());
    }

    /** The same with further members of the document. */
    Problem with(Map<String, Object> further) {
        return new Problem(status, title, detail, headers, further);
    }

    static Problem badRequest(String detail) {
        return of(400, detail);
    }

    /** The credentials are missing or wrong; the scheme is that of {@code WWW-Authenticate}. */
    static Problem unauthorized(String detail, String scheme) {
        return new Problem(401, titleOf(401), detail, Map.of("WWW-Authenticate", scheme));
    }

    /** A request has a name in its Host header that is not the server's. */
    static Problem otherHost(String host) {
        String shown = host.length() <= 100 ? host : host.substring(0, 100) + "…";
        return of(
                421,
                "the server has no name " + shown
                        + "; use its IP address or localhost, or add the name to server.allow_hosts");
    }

    /** A request that changes state comes from a page of another origin. */
    static Problem otherSite() {
        return of(
                403,
                "a page of another origin may not send this request; add the origin to server.allow_origin, or send the request"
                        + " without a browser");
    }

    /** A request to administer the server has no token, or a wrong one. */
    static Problem noAdminToken() {
        return unauthorized(
                "this path needs the token of admin.token_file or admin.token; send it as Authorization: Bearer TOKEN",
                "Bearer");
    }

    /** A request to administer a server that has no token and that other machines reach. */
    static Problem adminIsOff() {
        return of(
                403,
                "this path is off, because the server has no token and listens beyond the loopback interface; set admin.token_file,"
                        + " or server.host to 127.0.0.1");
    }

    static Problem notFound(String path) {
        return of(404, "no endpoint has the path " + path + "; GET /openapi.json lists all paths");
    }

    static Problem methodNotAllowed(String method, String path, String allow) {
        return new Problem(
                405, titleOf(405), path + " does not allow " + method + "; use " + allow, Map.of("Allow", allow));
    }

    /** The event log cannot be written; the client may retry. */
    static Problem logUnavailable(boolean mayBeRecorded) {
        String detail = mayBeRecorded
                ? "the event was not written in time, but may still be recorded: retry with the same request_id"
                : "the event log cannot be written at present; this attempt recorded nothing: retry";
        return new Problem(503, titleOf(503), detail, Map.of("Retry-After", "1"));
    }

    static Problem bodyTooLarge(int maxBytes) {
        return of(413, "the body is larger than " + maxBytes + " bytes; send less, or raise server.max_body_bytes");
    }

    /** The body did not arrive in full, or not in time. The connection closes, because the begin of a next request is unknown. */
    static Problem incompleteBody(boolean late) {
        int status = late ? 408 : 400;
        String detail = late
                ? "the body did not arrive in full in time; send it again"
                : "the body ends early, or its chunks are malformed; send all of it";
        return new Problem(status, titleOf(status), detail, Map.of("Connection", "close"));
    }

    /** Every connection that the server can hold is in use. */
    static Problem tooManyConnections() {
        return new Problem(
                503,
                titleOf(503),
                "too many connections are open; try again later, and keep fewer open",
                Map.of("Retry-After", "1"));
    }

    /** Requests wait too long for a thread. */
    static Problem overloaded() {
        return new Problem(
                503,
                titleOf(503),
                "the server is overloaded; this request was not recorded: retry later",
                Map.of("Retry-After", "1"));
    }

    /** Too many requests for slow actions, such as reports, are waiting. */
    static Problem tooManyWaiting() {
        return new Problem(
                503, titleOf(503), "too many such requests are waiting; try again later", Map.of("Retry-After", "1"));
    }

    /** A request for another path on the health port. */
    static Problem onlyHealth(Set<String> paths) {
        return of(404, "this port serves only " + String.join(", ", new TreeSet<>(paths)) + "; use server.port");
    }

    /** A request for another path on the port for administration. */
    static Problem onlyAdministration() {
        return of(404, "this port serves only administration, metrics and the dashboard; use server.port");
    }

    /** A request on the main port for a path of the port for administration. */
    static Problem movedToAdminPort() {
        return of(404, "this port does not serve this path; use admin.port");
    }

    /** The server has not loaded its files yet. */
    static Problem starting() {
        return new Problem(
                503,
                titleOf(503),
                "the server is starting: it loads the catalogs and reads the event log; use another one, or try again later",
                Map.of("Retry-After", "1"));
    }

    /** The server is stopping. */
    static Problem stopping() {
        return new Problem(503, titleOf(503), "the server is stopping; use another one", Map.of("Retry-After", "1"));
    }

    /** Writes the response of a request that no servlet handles. */
    void write(Request request, Response response, Callback callback) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, CONTENT_TYPE);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        headers.forEach(response.getHeaders()::put);
        String path = request.getHttpURI().getPath();
        response.write(true, ByteBuffer.wrap(toJson(NOT_READ.equals(path) ? null : path)), callback);
    }

    /** The standard phrase of a status. */
    static String titleOf(int status) {
        return TITLES.getOrDefault(status, status < 500 ? "Client Error" : "Server Error");
    }

    /** The document's bytes. */
    byte[] toJson(@Nullable String instance) {
        var json = new LinkedHashMap<String, Object>();
        json.put("type", "about:blank");
        json.put("title", title);
        json.put("status", status);
        json.put("detail", detail);
        if (instance != null) {
            json.put("instance", instance);
        }
        json.putAll(members);
        return Json.bytes(json);
    }

    /** An exception whose response is this problem. */
    ProblemException asException() {
        return new ProblemException(this);
    }
}

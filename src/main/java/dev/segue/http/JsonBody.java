package dev.segue.http;

import static dev.segue.http.FieldValues.bad;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads the bodies of requests, and words the problems of malformed JSON. */
final class JsonBody {

    private static final Pattern INSIDE = Pattern.compile(
            ", from `[^`]*`|( \\(start marker|: was expecting|: enable `| at \\[Source).*", Pattern.DOTALL);

    private JsonBody() {}

    /**
     * Reads a whole body; may be empty.
     *
     * @param mediaTypes in lower case; the request must have one of them, the first is named in the remedy
     */
    static byte[] read(HttpServletRequest request, int maxBytes, String... mediaTypes) throws IOException {
        requireType(
                request.getHeader("Content-Type"), mediaTypes); // getContentType() throws where a charset is unknown
        return readOfAnyType(request, maxBytes);
    }

    /** Reads a whole body, whatever its media type; may be empty. */
    static byte[] readOfAnyType(HttpServletRequest request, int maxBytes) throws IOException {
        if (request.getHeader("Content-Encoding") != null) {
            throw Problem.of(415, "send the body without Content-Encoding").asException();
        }
        if (request.getQueryString() != null) {
            throw bad("a POST has its fields in the JSON body; leave the query string empty");
        }
        int length = request.getContentLength(); // -1 if it comes in chunks
        byte[] body;
        try {
            body = request.getInputStream().readNBytes(length < 0 ? maxBytes + 1 : Math.min(length, maxBytes + 1));
        } catch (IOException incomplete) {
            throw Problem.incompleteBody(incomplete.getCause() instanceof TimeoutException)
                    .asException();
        }
        if (body.length > maxBytes) {
            throw Problem.bodyTooLarge(maxBytes).asException();
        }
        return body;
    }

    private static void requireType(@Nullable String contentType, String... mediaTypes) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        for (String mediaType : mediaTypes) {
            int length = mediaType.length();
            if (type.startsWith(mediaType) && (type.length() == length || ";  \t".indexOf(type.charAt(length)) >= 0)) {
                requireUtf8(type.substring(length));
                return;
            }
        }
        throw Problem.of(415, "send the body with Content-Type: " + mediaTypes[0])
                .asException();
    }

    private static void requireUtf8(String parameters) {
        if (parameters.contains("charset") && !parameters.matches(".*charset=\"?utf-?8\"?\\s*(;.*)?")) {
            throw Problem.of(415, "send the body in UTF-8, as JSON is").asException();
        }
    }

    /** The problem of a body that is no JSON object. */
    static ProblemException malformed(JacksonException e) {
        return bad("the body is no JSON object" + line(e) + column(e) + ": " + reason(e));
    }

    /** The place of a syntax error within its line, to follow "the body is no JSON object"; empty if it is unknown. */
    static String column(JacksonException malformed) {
        var location = malformed.getLocation();
        return location == null ? "" : ", column " + location.getColumnNr();
    }

    /** The line of a syntax error, to follow "the body is no JSON object"; empty if it is unknown. */
    private static String line(JacksonException malformed) {
        var location = malformed.getLocation();
        return location == null ? "" : " at line " + location.getLineNr();
    }

    /** The parser's message, without its own names. */
    static String reason(JacksonException malformed) {
        String message = INSIDE.matcher(malformed.getOriginalMessage()).replaceAll("");
        return message.indexOf('`') < 0 ? message : "it cannot be read";
    }
}

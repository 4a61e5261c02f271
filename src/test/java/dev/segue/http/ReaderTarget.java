package dev.segue.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segue.adapter.BadReportException;
import dev.segue.adapter.ListenReader;
import dev.segue.id.ListenerId;
import dev.segue.id.TrackIds;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;

/** The body of a request, read by all readers of bodies and as the query string of {@code GET /next_track}, without a server. */
public final class ReaderTarget {

    private static final int MAX_BYTES = 2_000;
    private static final BodySizes SIZES = new BodySizes(MAX_BYTES);
    private static final long NOW = 1_700_000_000_000L;
    private static final Set<String> PARAMETERS =
            Set.of("user", "track", "time", "request_id", "count", "explain", "dry_run", "arm");

    private ReaderTarget() {}

    private interface Reader {
        void read() throws IOException;
    }

    /** Reads an input; called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        read(() -> readQuery(input, RequestReader.BODY, null));
        read(() -> readQuery(input, RequestReader.BOTIFY_NEXT, ListenerId.of(1)));
        read(() -> readParameters(new String(input, UTF_8)));
        read(() -> FeedbackReader.read(request(input, "application/json"), MAX_BYTES));
        read(() -> BatchReader.read(request(input, "application/x-ndjson"), SIZES));
        readListens(input);
    }

    private static void read(Reader reader) {
        try {
            reader.read();
        } catch (ProblemException refused) {
            Problem problem = refused.problem();
            if (problem.status() < 400
                    || problem.status() >= 500
                    || problem.detail().isBlank()) {
                throw new AssertionError(problem);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readListens(byte[] body) {
        try {
            ListenReader.read(body, NOW);
        } catch (BadReportException refused) {
            if (String.valueOf(refused.getMessage()).isBlank()) {
                throw new AssertionError(refused);
            }
        }
    }

    private static void readQuery(byte[] body, Set<String> fields, @Nullable ListenerId user) {
        var reader = new QueryReader(fields, user);
        try (JsonParser parser = Json.STRICT.createParser(ObjectReadContext.empty(), body)) {
            reader.readObject(parser, "the body");
        } catch (JacksonException malformed) {
            throw JsonBody.malformed(malformed);
        }
        reader.query();
    }

    private static void readParameters(String query) {
        Map<String, String[]> parameters = new LinkedHashMap<>();
        for (String parameter : query.split("&", -1)) {
            int end = parameter.indexOf('=');
            String name = end < 0 ? parameter : parameter.substring(0, end);
            String value = end < 0 ? "" : parameter.substring(end + 1);
            parameters.merge(
                    name,
                    new String[] {value},
                    (before, added) ->
                            Stream.of(before, added).flatMap(Stream::of).toArray(String[]::new));
        }
        var reader = new QueryReader(PARAMETERS, null);
        parameters.forEach((name, values) -> reader.setTexts(name, values, TrackIds::isTrack));
        reader.query();
    }

    /** A POST with a body and a content type, and without anything else. */
    private static HttpServletRequest request(byte[] body, String contentType) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                ReaderTarget.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getHeader" -> arguments[0].equals("Content-Type") ? contentType : null;
                    case "getQueryString" -> null;
                    case "getContentLength" -> body.length;
                    case "getInputStream" -> new BodyStream(body);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static final class BodyStream extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        BodyStream(byte[] body) {
            bytes = new ByteArrayInputStream(body);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return bytes.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("not asynchronous");
        }
    }
}

package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadRequestTest {

    private static final String POST = "POST /next/1 HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.in(folder).with("server.max_body_bytes", "512").start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void nothingIsLogged() throws Exception {
        assertEquals(List.of(), server.logLines());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "user=",
                "user=-1",
                "user=1.5",
                "user=99999999999999999999",
                "user=1&user=2",
                "user=1&track=10",
                "user=1&time=0.5",
                "user=1&track=-1&time=0.5",
                "user=1&track=1.0&time=0.5",
                "user=1&track=2147483648&time=0.5",
                "user=1&track=%2B1&time=0.5",
                "user=1&track=01&time=0.5",
                "user=1&count=01",
                "user=1&track=1&time=2.01",
                "user=1&track=1&time=-0.1",
                "user=1&track=1&time=NaN",
                "user=1&track=1&time=0x1p-1",
                "user=1&track=1&time=0.5d",
                "user=1&track=1&time=",
                "user=1&trak=1&time=0.5",
                "user=1&count=0",
                "user=1&count=1001",
                "user=1&count=ten",
                "user=1&explain=yes",
                "user=1&dry_run=1",
                "user=1&request_id=",
                "user=%FF",
                "user=%C3%28",
            })
    void badParametersAreRefused(String query) throws Exception {
        assertProblem(400, server.get("/next_track?" + query));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "1",
                "[]",
                "\"text\"",
                "{",
                "{}",
                "{\"user\":1,}",
                "{\"user\":1} x",
                "{\"user\":1}{\"user\":2}",
                "{\"user\":1,\"user\":2}",
                "{\"user\":null}",
                "{\"user\":true}",
                "{\"user\":-1}",
                "{\"user\":1.0}",
                "{\"user\":1e2}",
                "{\"user\":99999999999999999999}",
                "{\"user\":\"\"}",
                "{\"user\":[1]}",
                "{\"user\":1,\"track\":10}",
                "{\"user\":1,\"time\":0.5}",
                "{\"user\":1,\"track\":\"\",\"time\":0.5}",
                "{\"user\":1,\"track\":10.0,\"time\":0.5}",
                "{\"user\":1,\"track\":-1,\"time\":0.5}",
                "{\"user\":1,\"track\":2147483648,\"time\":0.5}",
                "{\"user\":1,\"track\":10,\"time\":\"0.5\"}",
                "{\"user\":1,\"track\":10,\"time\":NaN}",
                "{\"user\":1,\"track\":10,\"time\":2.5}",
                "{\"user\":1,\"track\":10,\"time\":1e999}",
                "{\"user\":1,\"track\":10,\"time\":null}",
                "{\"user\":1,\"track\":null,\"time\":null}",
                "{\"user\":1,\"song\":10}",
                "{\"user\":1,\"count\":0}",
                "{\"user\":1,\"count\":true}",
                "{\"user\":1,\"explain\":\"true\"}",
                "{\"user\":1,\"dry_run\":0}",
                "{\"user\":1,\"request_id\":5}",
                "{\"user\":1,\"request_id\":\"\\uD800\"}",
                "{\"user\":1,\"nested\":{\"a\":[1,2,{\"b\":3}]}}",
                "{'user':1}",
                "{\"user\":\"\\uD800\"}",
            })
    void badBodiesAreRefused(String body) throws Exception {
        assertProblem(400, server.post("/next_track", body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"track\":1}", "{\"track\":1,\"time\":0.5,\"user\":1}", "{\"time\":0.5}", "[]"})
    void badBotifyBodiesAreRefused(String body) throws Exception {
        assertProblem(400, server.post("/next/1", body));
        assertProblem(400, server.post("/last/1", body));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/nothing,404",
        "GET,/next_track/,404",
        "POST,/next,404",
        "POST,/next/,404",
        "POST,/next/1/2,404",
        "GET,/track/,404",
        "GET,/track/6,404",
        "GET,/track/-1,400",
        "GET,/track/-1,400",
        "GET,/track/01,400",
        "GET,/track/4294967295,400",
        "GET,/experiments/NOPE/assignment?user=1,404",
        "GET,/experiments/SERVING,404",
        "GET,/experiments/,404",
        "GET,/experiments/SERVING/assignment,400",
        "GET,/experiments/SERVING/assignment?user=1&x=2,400",
        "POST,/next/-1,400",
        "POST,/next/1.5,400",
        "POST,/next/1?explain=true,400",
        "GET,/next/1,405",
        "DELETE,/next_track,405",
        "HEAD,/next_track,405",
        "PUT,/,405",
        "POST,/track/1,405",
        "PATCH,/experiments,405",
        "TRACE,/next_track,405"
    })
    void unknownPathsAndMethodsGetProblems(String method, String path, int status) throws Exception {
        var response = server.send(method, path, "application/json", "{\"track\":1,\"time\":0.5}");
        if (method.equals("HEAD")) {
            assertEquals(status, response.statusCode());
        } else {
            assertProblem(status, response);
        }
        if (status == 405) {
            assertTrue(response.headers().firstValue("Allow").isPresent());
        }
    }

    @Test
    void emptyBodyIsRefused() throws Exception {
        assertProblem(400, server.post("/next/1", ""));
    }

    @Test
    void otherContentTypesAreRefused() throws Exception {
        for (String type : List.of(
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/jsonx",
                "application/json; charset=utf-16")) {
            assertProblem(415, server.send("POST", "/next/1", type, "{\"track\":1,\"time\":0.5}"));
        }
        for (String type : List.of("application/json;charset=UTF-8", "application/json; charset=\"utf-8\"")) {
            HttpResponse<String> response = server.send("POST", "/next_track", type, "{\"user\":1,\"dry_run\":true}");
            assertEquals(200, response.statusCode(), type);
        }
    }

    @Test
    void encodedBodiesAreRefused() throws Exception {
        HttpRequest zipped = HttpRequest.newBuilder(server.uri().resolve("/next/1"))
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofString("{\"track\":1,\"time\":0.5}"))
                .build();
        assertProblem(415, HttpClient.newHttpClient().send(zipped, HttpResponse.BodyHandlers.ofString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "\"a b\"", "utf-16", "\u20ac"})
    void charsetsOtherThanUtf8AreRefused(String charset) throws Exception {
        String response = raw("POST /next/1 HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json; charset="
                + charset + "\r\nContent-Length: 23\r\n\r\n{\"track\":10,\"time\":0.3}");
        assertTrue(response.startsWith("HTTP/1.1 415 "), response);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO"})
    void unknownPathsGet404ForAnyMethod(String method) throws Exception {
        String response = raw(method + " /nope HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertTrue(response.startsWith("HTTP/1.1 404 "), response);
        assertTrue(response.contains("application/problem+json"), response);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | end-of-input",
                "{\"track\":10,\"time\":NaN} | 'NaN'",
                "{\"track\":10,\"time\":nothing} | 'nothing'"
            })
    void parserErrorsAreReportedWithoutClassNames(String body, String detail) throws Exception {
        HttpResponse<String> refusal = server.post("/next/1", body);
        assertProblem(400, refusal);
        assertTrue(refusal.body().contains(detail), refusal.body());
    }

    @Test
    void refusalsNameTheRange() throws Exception {
        for (String count : List.of("0", "-1", "1001", "\"3\"", "1.5", "99999999999999999999")) {
            HttpResponse<String> refusal = server.post("/next_track", "{\"user\":1,\"count\":" + count + "}");
            assertProblem(400, refusal);
            assertTrue(refusal.body().contains("count must be an integer from 1 to 1000"), refusal.body());
        }
        HttpResponse<String> user = server.post("/next_track", "{\"user\":true}");
        assertTrue(user.body().contains("user, unless it is a string, must be an integer"), user.body());
    }

    @Test
    void semicolonsInPathsAreRefused() throws Exception {
        HttpResponse<String> refusal = server.post("/next/a;b=c", "{\"track\":1,\"time\":0.5}");
        assertProblem(400, refusal);
        assertEquals("no-store", refusal.headers().firstValue("Cache-Control").orElse(""));
    }

    @Test
    void eachProblemIsCountedOnce() throws Exception {
        double before = problems();
        assertProblem(404, server.get("/nope"));
        assertProblem(404, server.get("/track/99999"));
        assertProblem(413, server.post("/next/1", " ".repeat(600))); // fits a read: a longer one may be reset
        assertTrue(raw("GET / HTTP/2.5\r\nHost: localhost\r\n\r\n").startsWith("HTTP/1.1 400 "));
        assertEquals(before + 4, problems());
    }

    private static double problems() throws Exception {
        return server.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("segue_problems_total{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void bodiesBeyondTheLimitAreRefused() throws Exception {
        for (String body : List.of("{\"track\":1,\"time\":0.5}" + " ".repeat(600), " ".repeat(4_000))) {
            HttpResponse<String> refusal = server.post("/next/1", body);
            assertProblem(413, refusal);
            assertTrue(refusal.body().contains("larger than 512 bytes; send less"), refusal.body());
        }
    }

    @Test
    void chunkedBodiesBeyondTheLimitAreRefused() throws Exception {
        String chunk = "200\r\n" + " ".repeat(512) + "\r\n";
        String response = raw(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(4) + "0\r\n\r\n");
        assertTrue(response.startsWith("HTTP/1.1 413 "), response);
        assertTrue(response.contains("application/problem+json"), response);
    }

    @Test
    void expectContinueWithATooLargeBodyIsRefused() throws Exception {
        String response = raw(POST + "Expect: 100-continue\r\nContent-Length: 10000000000\r\n\r\n");
        assertRefused(413, "larger than 512 bytes; send less", response);
    }

    @Test
    void malformedRequestsAreRefusedWithoutJettysMessage() throws Exception {
        String badPath = raw("GET /next/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertRefused(400, "check its method, URI and headers", badPath);
        String badVersion = raw("GET /health/live HTTP/9.9\r\nHost: localhost\r\n\r\n");
        assertRefused(400, "use HTTP/1.1", badVersion);
        assertFalse((badPath + badVersion).contains("badMessage"), badPath + badVersion);
    }

    @Test
    void malformedChunksAreRefused() throws Exception {
        String response = raw(POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n");
        assertRefused(400, "chunks are malformed", response);
    }

    @Test
    void oversizedHeadsAndUnknownExpectationsAreRefused() throws Exception {
        String uri = raw("GET /next_track?user=" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertRefused(414, "send its fields in a POST", uri);
        String headers = raw("GET / HTTP/1.1\r\nHost: localhost\r\nCookie: " + "x".repeat(10_000) + "\r\n\r\n");
        assertRefused(431, "send fewer or shorter ones", headers);
        String expectation = raw("GET / HTTP/1.1\r\nHost: localhost\r\nExpect: wonders\r\n\r\n");
        assertRefused(417, "only 100-continue is supported in the Expect header", expectation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/next_track?user=\u00ff | not valid UTF-8",
                "/experiments/SERVING/assignment?user=\u00c3( | not valid UTF-8",
                "/experiments/\u00ff/assignment?user=1 | Illegal Path Character",
                "/\u00fe | Illegal Path Character"
            })
    void invalidUtf8InUrisIsRefused(String uri, String detail) throws Exception {
        assertRefused(400, detail, raw("GET " + uri + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE"})
    void bodiesInAnotherEncodingAreRefused(String charset) throws Exception {
        byte[] body = "{\"track\":1,\"time\":0.5}".getBytes(charset);
        String response = raw(
                POST + "Content-Length: " + body.length + "\r\n\r\n" + new String(body, StandardCharsets.ISO_8859_1));
        assertRefused(400, "the body is no JSON object", response);
    }

    private static void assertRefused(int status, String detail, String response) {
        assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
        assertTrue(response.contains("application/problem+json") && response.contains(detail), response);
        assertNoInternals(response);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /../etc HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /%2e%2e/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nBad Header\r\nConnection: close\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "POST /next/1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\nConnection: close\r\n\r\n",
                "POST /next/1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "\0\1\2\3\r\n\r\n",
            })
    void malformedHttpGetsNo5xxAndRevealsNoInternals(String request) throws Exception {
        String response = raw(request);
        assertTrue(response.isEmpty() || response.startsWith("HTTP/1.1 4"), response);
        assertNoInternals(response);
    }

    /** Overwrites one to four bytes of a valid body, 2,000 times with a fixed seed. */
    @Test
    void mutatedBodiesGetNo5xx(@TempDir Path other) throws Exception {
        var random = new Random(7);
        byte[] valid = "{\"user\":1,\"track\":10,\"time\":0.3,\"count\":3}".getBytes(StandardCharsets.UTF_8);
        try (TestServer fresh = TestServer.in(other).start()) {
            for (int i = 0; i < 2_000; i++) {
                byte[] body = valid.clone();
                for (int change = random.nextInt(4); change >= 0; change--) {
                    body[random.nextInt(body.length)] = (byte) random.nextInt(256);
                }
                var response = fresh.post("/next_track", new String(body, StandardCharsets.ISO_8859_1));
                assertTrue(response.statusCode() < 500, () -> new String(body, StandardCharsets.ISO_8859_1));
                assertNoInternals(response.body());
            }
        }
    }

    private static String raw(String request) throws Exception {
        try (var socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return request.startsWith("HEAD ") // a response to HEAD has a Content-Length but no body
                    ? new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    : RawConnection.text(socket);
        }
    }

    private static void assertProblem(int status, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(
                "application/problem+json",
                response.headers().firstValue("Content-Type").orElse(""));
        var problem = TestServer.json(response);
        assertEquals(status, problem.get("status").asInt());
        assertFalse(problem.get("title").asString().isEmpty());
        assertTrue(problem.get("detail").asString().length() > 10, response.body());
        assertNoInternals(response.body());
    }

    private static void assertNoInternals(String body) {
        for (String internal : List.of(
                "Exception", "jetty", "jackson", "java.", "dev.segue", "\tat ", "StreamRead", "JsonRead", "[Source")) {
            assertFalse(body.contains(internal), () -> internal + " in " + body);
        }
    }
}

package dev.segue.http;

import java.util.SplittableRandom;
import java.util.function.BiFunction;

/** Kinds of requests that no client should send. The text of a request stands for its bytes, in Latin-1. */
@SuppressWarnings("ImmutableEnumChecker") // the functions have no state
enum MalformedRequest {
    BAD_JSON(true, (random, user) -> post("/next_track", mutated(random, body(user), 4))),
    HUGE_NUMBERS(true, (random, user) -> post("/next_track", Bytes.hugeNumbers(random, user))),
    DEEP_JSON(true, (random, user) -> post("/next_track", Bytes.deep(random, user))),
    BAD_BATCH(true, (random, user) -> post("/next_tracks", mutated(random, body(user) + "\n" + body(user), 3))),
    BAD_QUERY(true, (random, user) -> get("/next_track?dry_run=true&user=" + user + "&" + Bytes.parameter(random))),
    UNKNOWN_PATH(true, (random, user) -> get("/" + Bytes.word(random, 20))),
    BAD_URI(false, (random, user) -> get(Bytes.uri(random, user))),
    BAD_METHOD(false, (random, user) -> head(Bytes.method(random), "/next_track?user=" + user, "HTTP/1.1", "")),
    BAD_VERSION(false, (random, user) -> head("GET", "/next_track?user=" + user, Bytes.version(random), "")),
    BAD_HEADER(false, (random, user) -> head("GET", "/next_track?user=" + user, "HTTP/1.1", Bytes.header(random))),
    LONG_HEAD(false, (random, user) -> Bytes.longHead(random, user)),
    LENGTHS(false, (random, user) -> Bytes.lengths(random, body(user))),
    BROKEN_CHUNKS(false, (random, user) -> Bytes.chunks(random, body(user))),
    OTHER_PROTOCOL(false, (random, user) -> Bytes.otherProtocol(random)),
    MUTATED(false, (random, user) -> mutated(random, post("/next_track", body(user)), 8)),
    GARBAGE(false, (random, user) -> Bytes.garbage(random, 400));

    private final boolean keepsConnection;
    private final BiFunction<SplittableRandom, Long, String> form;

    /** @param keepsConnection whether its end is known, so that the next request on the connection must get its response */
    MalformedRequest(boolean keepsConnection, BiFunction<SplittableRandom, Long, String> form) {
        this.keepsConnection = keepsConnection;
        this.form = form;
    }

    boolean keepsConnection() {
        return keepsConnection;
    }

    /** Returns a request of this kind; those that a server could understand name the user. */
    String text(SplittableRandom random, long user) {
        return form.apply(random, user);
    }

    /** A valid request, which is logged unless it is a dry run. */
    static String innocent(long user, boolean dryRun) {
        return dryRun
                ? get("/next_track?dry_run=true&user=" + innocentUser(user))
                : post("/next_track", "{\"user\":\"" + innocentUser(user) + "\"}");
    }

    /** The listener id of a valid request: a string, while those of malformed requests are numbers. */
    static String innocentUser(long user) {
        return "innocent-" + user;
    }

    static String body(long user) {
        return "{\"user\":" + user + ",\"track\":1,\"time\":0.3,\"count\":2,\"explain\":false}";
    }

    private static String get(String target) {
        return head("GET", target, "HTTP/1.1", "");
    }

    private static String post(String path, String body) {
        String type = path.equals("/next_tracks") ? "application/x-ndjson" : "application/json";
        String headers = "Content-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n";
        return head("POST", path, "HTTP/1.1", headers) + body;
    }

    static String head(String method, String target, String version, String headers) {
        return method + " " + target + " " + version + "\r\nHost: localhost\r\n" + headers + "\r\n";
    }

    /** Overwrites, inserts or removes up to so many bytes. */
    static String mutated(SplittableRandom random, String text, int most) {
        var changed = new StringBuilder(text);
        for (int i = random.nextInt(most); i >= 0; i--) {
            int place = random.nextInt(changed.length());
            char value = (char) random.nextInt(256);
            switch (random.nextInt(3)) {
                case 0 -> changed.setCharAt(place, value);
                case 1 -> changed.insert(place, value);
                default -> changed.deleteCharAt(place);
            }
        }
        return changed.toString();
    }

    /** The parts of malformed requests. */
    private static final class Bytes {

        private static final String[] NUMBERS = {
            "1e999999999",
            "-1e-999999999",
            "9".repeat(1500),
            "0." + "0".repeat(1200) + "1",
            "1E+400",
            "-0",
            "00",
            "+1",
            ".5",
            "1.",
            "0x10",
            "NaN",
            "Infinity",
            "9223372036854775808",
            "-9223372036854775809",
            "2147483648",
            "4.9e-324"
        };
        private static final String[] FIELDS = {"user", "track", "time", "count", "request_id", "explain"};
        private static final String[] METHODS = {
            "get", "DELETE", "PUT", "TRACE", "OPTIONS", "CONNECT", "PROPFIND", "G\0T", "", "\u00ff", "G T"
        };
        private static final String[] VERSIONS = {
            "HTTP/0.9",
            "HTTP/1.0",
            "HTTP/1.2",
            "HTTP/2.0",
            "HTTP/9.9",
            "http/1.1",
            "HTTP/1.1x",
            "HTTP/",
            "HTTP/1",
            "HTTP/11.1",
            "",
            "\0"
        };
        private static final String[] URIS = {
            "/next/%00", "/next/%zz", "/..%2fadmin", "/%2e%2e/x", "/next_track;a=b?user=", "*",
                    "http://elsewhere/next_track?user=",
            "//next_track?user=", "/next_track?user=%ff&x=", "/next_track#?user=", "/\0?user=", "/%u0041?",
                    "http://[::1/?", "elsewhere:80",
            "/a\\b?user=", "/next_track?user=%C3%28&"
        };
        private static final String[] HEADERS = {
            "No colon\r\n",
            ": no name\r\n",
            "A b: c\r\n",
            "X : c\r\n",
            "X: a\0b\r\n",
            "X\0: c\r\n",
            " folded\r\n",
            "X: a\r\n folded\r\n",
            "X: a\rb\r\n",
            "X: a\nY: b\r\n",
            "Host: two\r\n",
            "Expect: wonders\r\n",
            "Upgrade: h2c\r\nHTTP2-Settings: AA\r\nConnection: Upgrade, HTTP2-Settings\r\n",
            "Upgrade: websocket\r\nConnection: Upgrade\r\n",
            "Connection: close, keep-alive\r\n",
            "X: \u00ff\u0080\r\n",
            "Content-Length: 0\r\nContent-Length: 0\r\n",
            "traceparent: 00-zz\r\n",
            "Accept: " + ";q=9,".repeat(200) + "\r\n",
            "Cookie: " + "=;".repeat(500) + "\r\n",
            "Range: bytes=0-,-\r\n"
        };
        private static final String[] LENGTHS = {
            "-1",
            "+5",
            "0x5",
            "5, 5",
            "5,6",
            "99999999999999999999",
            "9223372036854775807",
            "",
            " ",
            "1e1",
            "\u0661",
            "5 5",
            "2147483648",
            "5;x"
        };
        private static final String[] CODINGS = {
            "chunked, identity",
            "identity",
            "xchunked",
            "chunked, chunked",
            "gzip, chunked",
            "\u000bchunked",
            "chunked;a=b",
            "CHUNKED ",
            ""
        };
        private static final String[] CHUNK_SIZES = {
            "zz",
            "-1",
            "FFFFFFFFFFFFFFFF",
            "7fffffffffffffff",
            "80000000",
            "0x5",
            "5 ",
            " 5",
            "",
            "5;" + "x".repeat(300),
            "00000000000000000005",
            "5\n",
            "+5",
            "\0"
        };

        private Bytes() {}

        private static String one(SplittableRandom random, String[] values) {
            return values[random.nextInt(values.length)];
        }

        static String word(SplittableRandom random, int most) {
            var word = new StringBuilder();
            for (int i = random.nextInt(most); i >= 0; i--) {
                word.append((char) ('a' + random.nextInt(26)));
            }
            return word.toString();
        }

        static String garbage(SplittableRandom random, int most) {
            var bytes = new StringBuilder();
            for (int i = random.nextInt(most); i >= 0; i--) {
                bytes.append((char) random.nextInt(256));
            }
            return bytes.toString();
        }

        static String hugeNumbers(SplittableRandom random, long user) {
            return "{\"user\":" + user + ",\"" + one(random, FIELDS) + "\":" + one(random, NUMBERS) + "}";
        }

        static String deep(SplittableRandom random, long user) {
            int depth = 1 + random.nextInt(3000);
            String opening = random.nextBoolean() ? "[" : "{\"a\":";
            return "{\"user\":" + user + ",\"exclude\":" + opening.repeat(depth)
                    + (random.nextBoolean() ? "]".repeat(depth) + "}" : "");
        }

        static String parameter(SplittableRandom random) {
            return random.nextBoolean()
                    ? one(random, FIELDS) + "=" + one(random, NUMBERS)
                    : word(random, 9) + "=" + "&".repeat(random.nextInt(50)) + "=";
        }

        static String uri(SplittableRandom random, long user) {
            return one(random, URIS) + user;
        }

        static String method(SplittableRandom random) {
            return random.nextInt(4) == 0 ? "M".repeat(1 + random.nextInt(9_000)) : one(random, METHODS);
        }

        static String version(SplittableRandom random) {
            return one(random, VERSIONS);
        }

        static String header(SplittableRandom random) {
            return one(random, HEADERS);
        }

        static String longHead(SplittableRandom random, long user) {
            int length = 4_000 + random.nextInt(60_000);
            return switch (random.nextInt(3)) {
                case 0 -> head("GET", "/next_track?user=" + user + "&arm=" + "a".repeat(length), "HTTP/1.1", "");
                case 1 -> head("GET", "/next_track?user=" + user, "HTTP/1.1", "X: " + "a".repeat(length) + "\r\n");
                default -> head("GET", "/next_track?user=" + user, "HTTP/1.1", "a:b\r\n".repeat(length / 5));
            };
        }

        static String lengths(SplittableRandom random, String body) {
            String right = "Content-Length: " + body.length() + "\r\n";
            String headers = switch (random.nextInt(6)) {
                case 0 -> right + "Content-Length: " + (body.length() - 1) + "\r\n";
                case 1 -> right + "Transfer-Encoding: chunked\r\n";
                case 2 -> "Transfer-Encoding: " + one(random, CODINGS) + "\r\n" + right;
                case 3 -> "Content-Length: " + one(random, LENGTHS) + "\r\n";
                case 4 -> "Content-Length: " + random.nextInt(2 * body.length()) + "\r\n";
                default -> right + "Content-Length : 3\r\n";
            };
            return head("POST", "/next_track", "HTTP/1.1", "Content-Type: application/json\r\n" + headers) + body;
        }

        static String chunks(SplittableRandom random, String body) {
            String size = random.nextInt(3) == 0
                    ? Integer.toHexString(random.nextInt(2 * body.length()))
                    : one(random, CHUNK_SIZES);
            String last = switch (random.nextInt(4)) {
                case 0 -> "0\r\n\r\n";
                case 1 -> "0\r\nBad trailer\r\n\r\n";
                case 2 -> "0\r\nContent-Length: 5\r\nX: " + "a".repeat(random.nextInt(9_000)) + "\r\n\r\n";
                default -> "";
            };
            String headers = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n";
            return head("POST", "/next_track", "HTTP/1.1", headers) + size + "\r\n" + body + "\r\n" + last;
        }

        static String otherProtocol(SplittableRandom random) {
            return switch (random.nextInt(4)) {
                case 0 -> "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + garbage(random, 60);
                case 1 ->
                    "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003"
                            + garbage(random, 500); // a TLS handshake
                case 2 -> "PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\n";
                default -> "\r\n".repeat(1 + random.nextInt(2_000));
            };
        }
    }
}

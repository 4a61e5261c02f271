package dev.segue.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Generates requests for the endpoints of {@link FastPath}, most of them such that it serves them, and others close to these. All are well-formed,
 * except for {@link #broken()}.
 */
final class GeneratedRequests {

    private static final String[] FIELDS = {
        "User-Agent: test",
        "Accept: */*",
        "accept-encoding: gzip, deflate",
        "Accept-Language: en",
        "Connection: keep-alive",
        "connection: Keep-Alive",
        "X-Forwarded-For: 10.0.0.1",
        "X-Forwarded-Host: evil.example",
        "Forwarded: for=10.0.0.1;host=evil.example",
        "X-Real-IP: 10.0.0.1"
    };

    private static final String[] OTHER_FIELDS = {
        "Origin: http://evil.example",
        "Origin: http://localhost",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-origin",
        "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "Content-Encoding: gzip",
        "Accept: text/html",
        "X-Unknown: 1",
        "User-Agent: \u00fc\u0001",
        "Range: bytes=0-1",
        "If-None-Match: *"
    };

    private static final String[] HOSTS = {
        "127.0.0.1", "localhost", "LOCALHOST:80", "[::1]:5000", "10.1.2.3:1", "evil.example", "a b", ""
    };

    private static final String[] TYPES = {
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        "application/json;charset=latin1",
        "text/plain",
        ""
    };

    private static final String[] TRACKS = {
        "0", "1", "2", "3", "4", "5", "6", "007", "-1", "2147483648", "\"1\"", "\"x\"", "1.5", "null"
    };

    private static final String[] TIMES = {
        "0",
        "0.3",
        "0.25",
        "1",
        "1.0",
        "1.5",
        "2.01",
        "0.30000000000000004",
        "1e-3",
        "-0.1",
        "NaN",
        "\"0.3\"",
        ".5",
        "0.",
        "true"
    };

    /** Stands for a listener of one digit. */
    private static final String USER = "#";

    @SuppressWarnings("StringConcatToTextBlock") // the line ends are CRLF
    private static final String[] BROKEN = {
        "POST /next_track HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 40\r\n\r\n{",
        "GET /next_track?user=# HTTP/1.1\r\n",
        "GET /next_track?user=# HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET /next_track?user=# HTTP/1.1\r\n\r\n",
        "GET /next_track?user=# HTTP/1.1\nHost: 127.0.0.1\n\n",
        "GET /next_track?user=# HTTP/1.0\r\n\r\n",
        "GET /next_track?user=# HTTP/1.1\r\nHost: 127.0.0.1\r\n folded: 1\r\n\r\n",
        "GET /next_track?user=# HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n",
        "GET /next_track?user=#  HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET  /next_track?user=# HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET /next_track?user=# HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\n{}",
        "GET /next_track?user=# HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
        "GET /next_track?user=# HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\n\r\n",
        "HEAD /next_track?user=# HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "POST /next_track HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 10\r\n"
                + "Content-Length: 10\r\n\r\n{\"user\":#}",
        "POST /next_track HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 010\r\n\r\n"
                + "{\"user\":#}",
        "POST /next_track HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: +10\r\n\r\n"
                + "{\"user\":#}",
        "POST /next_track HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 10\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n{\"user\":#}",
        "POST /next_track HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "a\r\n{\"user\":1}\r\n0\r\n\r\n",
        "POST /next_track HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n"
                + "{\"user\":#}",
        "POST /next/1 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n"
    };

    private final Random random;
    private final int firstUser;
    private final int users;
    private int kind; // clients mostly send one kind of request

    /**
     * @param firstUser the first of the listeners that the requests name, 1,000 to 9,000 in steps of 1,000
     * @param users their number, up to 1,000
     */
    GeneratedRequests(long seed, int firstUser, int users) {
        random = new Random(seed);
        this.firstUser = firstUser;
        this.users = users;
    }

    /** The header fields of a client, which it sends with each request; each line ends with CRLF. */
    String fields() {
        var fields = new StringBuilder("Host: " + (rarely() ? any(HOSTS) : "127.0.0.1") + "\r\n");
        for (String field : some(FIELDS)) {
            fields.append(field).append("\r\n");
        }
        if (rarely()) {
            fields.append(any(OTHER_FIELDS)).append("\r\n");
        }
        return fields.toString();
    }

    /** A well-formed request. */
    String request(String fields) {
        String sent = rarely() ? fields() : fields;
        kind = rarely() ? random.nextInt(3) : kind;
        return switch (kind) {
            case 0 -> "GET /next_track?" + query() + " HTTP/1.1\r\n" + sent + "\r\n";
            case 1 -> withBody("POST /next_track", sent, body(true));
            default ->
                withBody(
                        "POST /next/" + (rarely() ? "x" + firstUser + "%41" : String.valueOf(user())),
                        sent,
                        body(false));
        };
    }

    private String withBody(String line, String fields, String body) {
        String type = rarely() ? any(TYPES) : "application/json";
        String length = (rarely() ? "content-length: " : "Content-Length: ") + body.length() + "\r\n";
        boolean isLengthFirst = random.nextInt(20) == 0;
        return line + " HTTP/1.1\r\n" + (isLengthFirst ? length : "") + fields
                + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n")
                + (isLengthFirst ? "" : length) + "\r\n" + body;
    }

    private String query() {
        List<String> parameters = new ArrayList<>();
        parameters.add("user=" + user());
        if (random.nextInt(4) > 0) {
            parameters.add("track=" + track().replace("\"", ""));
            parameters.add("time=" + time().replace("\"", ""));
        }
        if (rarely()) {
            parameters.add(any(
                    "explain=true",
                    "count=3",
                    "dry_run=true",
                    "exclude_track=1",
                    "unknown=1",
                    "user=2",
                    "time=%31",
                    "a",
                    "="));
        }
        return String.join("&", parameters);
    }

    /** A body; its text is ASCII. */
    private String body(boolean withUser) {
        List<String> members = new ArrayList<>();
        if (withUser) {
            members.add("\"user\":"
                    + (rarely()
                            ? any("\"u" + firstUser + "\"", "-1", "9223372036854775808", "{}")
                            : String.valueOf(user())));
        }
        if (!withUser || random.nextInt(4) > 0) {
            members.add("\"track\":" + track());
            members.add("\"time\":" + time());
        }
        if (rarely()) {
            members.add(any(
                    "\"explain\":true",
                    "\"count\":2",
                    "\"dry_run\":true",
                    "\"exclude\":{\"tracks\":[0,1,2,3,4,5]}",
                    "\"request_id\":\"r\"",
                    "\"unknown\":1",
                    "\"user\":1",
                    "\"seeds\":{\"tracks\":[99]}",
                    "\"filter\":{\"years\":{\"from\":1990}}"));
        }
        String separator = any(",", ", ", ",", " ,\n");
        String body = "{" + String.join(separator, members) + "}";
        return rarely() ? any(body + "{}", body + " ", "[]", "{", "{\"user\":1,}", body.replace(":", " : ")) : body;
    }

    private int user() {
        return firstUser + random.nextInt(users);
    }

    private String track() {
        return rarely() ? any(TRACKS) : String.valueOf(random.nextInt(6));
    }

    private String time() {
        return rarely() ? any(TIMES) : "0." + random.nextInt(100);
    }

    /** Bytes that are no well-formed request, or more or less than one, or one that ends the connection. */
    String broken() {
        String bytes = random.nextBoolean()
                ? any(BROKEN).replace(USER, String.valueOf(firstUser / 1000))
                : request(fields()) + (random.nextBoolean() ? request(fields()) : "");
        return switch (random.nextInt(4)) {
            case 0 -> bytes.substring(0, random.nextInt(bytes.length()));
            case 1 -> changed(bytes);
            default -> bytes;
        };
    }

    /** Changes no digit, so that the listener stays one of these. */
    private String changed(String bytes) {
        var changed = new StringBuilder(bytes);
        int at = random.nextInt(bytes.length());
        switch (Character.isDigit(bytes.charAt(at)) ? 2 : random.nextInt(3)) {
            case 0 -> changed.setCharAt(at, (char) random.nextInt(256));
            case 1 -> changed.deleteCharAt(at);
            default -> changed.insert(at, any("\r", "\n", " ", "\u0000", ":", "\r\n", "\u00ff"));
        }
        return changed.toString();
    }

    /** The places at which bytes are divided into two writes; mostly none. */
    int split(String bytes) {
        return random.nextInt(10) == 0 ? random.nextInt(bytes.length() + 1) : bytes.length();
    }

    /** A number below a bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    private boolean rarely() {
        return random.nextInt(12) == 0;
    }

    private String any(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private List<String> some(String... texts) {
        List<String> some = new ArrayList<>();
        for (String text : texts) {
            if (rarely()) {
                some.add(text);
            }
        }
        return some;
    }
}

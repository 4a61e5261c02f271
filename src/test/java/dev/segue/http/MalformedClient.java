package dev.segue.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One thread of {@link MalformedTraffic}, with one connection at a time and a number of unfinished requests. */
final class MalformedClient {

    private static final List<MalformedRequest> KINDS = List.of(MalformedRequest.values());
    private static final int HELD = 16; // unfinished requests
    private static final Pattern USER = Pattern.compile("\"user\":\"?([^\",}]+)");
    private final MalformedTraffic traffic;
    private final URI server;
    private final SplittableRandom random;
    private final Deque<RawConnection> held = new ArrayDeque<>();
    private @Nullable RawConnection connection;
    private int attempt;

    /** @param seed of the requests */
    MalformedClient(MalformedTraffic traffic, URI server, long seed) {
        this.traffic = traffic;
        this.server = server;
        random = new SplittableRandom(seed);
    }

    /** Sends requests while there are any. */
    void run() throws IOException {
        while (traffic.takeNext()) {
            attempt++;
            switch (random.nextInt(40)) {
                case 0, 1, 2 -> reset();
                case 3 -> hold();
                case 4 -> sendSlowly();
                case 5, 6 -> sendTorn();
                default -> {
                    MalformedRequest kind = KINDS.get(random.nextInt(KINDS.size()));
                    long user = traffic.nextUsers();
                    send(new Pipeline(kind, kind.text(random, user + 1), user), kind.name());
                }
            }
        }
        close();
        for (RawConnection unfinished : held) {
            release(unfinished);
        }
    }

    /** A pipeline whose malformed request ends at any byte; then the client closes its side. */
    private void sendTorn() {
        long user = traffic.nextUsers();
        String whole = MalformedRequest.innocent(user + 1, false);
        String torn = whole.substring(0, attempt % whole.length());
        send(new Pipeline(null, torn, user), "TORN");
    }

    private void send(Pipeline pipeline, String name) {
        traffic.count(name);
        try {
            boolean stays = false;
            try {
                stays = exchange(pipeline);
            } finally {
                if (!stays) {
                    close();
                }
            }
        } catch (Overload refused) {
            traffic.count("refused connections");
            LockSupport.parkNanos(10_000_000);
        } catch (IOException e) {
            traffic.fault(pipeline + "\n-> " + e);
        }
    }

    private RawConnection connected() throws IOException {
        RawConnection open = connection;
        if (open == null) {
            open = connect();
            connection = open;
        }
        return open;
    }

    private RawConnection connect() throws IOException {
        try {
            return new RawConnection(server);
        } catch (ConnectException e) {
            throw new Fault("no connection: " + e);
        }
    }

    private void close() throws IOException {
        if (connection != null) {
            connection.reset(); // leaves no connection in TIME_WAIT
            connection = null;
        }
    }

    /** Returns whether the connection stays open. */
    private boolean exchange(Pipeline pipeline) throws IOException {
        RawConnection open = connected();
        open.send(pipeline.text());
        if (!pipeline.keepsConnection()) {
            open.end();
        }
        expectOwn(open.read(), pipeline.firstUser, "before");
        traffic.acknowledge(MalformedRequest.innocentUser(pipeline.firstUser));
        if (pipeline.keepsConnection()) {
            check(open.read(), pipeline);
            expectOwn(open.read(), pipeline.firstUser + 2, "after");
            return true;
        }
        for (RawConnection.Reply reply = open.read(); reply != null; reply = open.read()) {
            check(reply, pipeline);
        }
        return false;
    }

    private void expectOwn(RawConnection.@Nullable Reply reply, long user, String place) throws IOException {
        if (reply != null && reply.status() == 503 && reply.head().contains("Retry-After")) {
            throw new Overload();
        }
        if (reply == null
                || reply.status() != 200
                || !reply.body().startsWith("{\"user\":\"" + MalformedRequest.innocentUser(user) + "\",\"track\":")) {
            throw new Fault("the valid request " + place + " it got " + reply);
        }
    }

    private void check(RawConnection.@Nullable Reply reply, Pipeline pipeline) throws IOException {
        if (reply == null) {
            throw new Fault("no response");
        }
        traffic.count("status " + reply.status());
        if (reply.status() >= 500) {
            throw new Fault(reply.toString());
        }
        if (reply.status() == 200 && !pipeline.owns(reply)) {
            throw new Fault("a response of another connection: " + reply);
        }
    }

    /** Resets a connection after any byte of a request. */
    private void reset() throws IOException {
        traffic.count("RESET");
        String request = MalformedRequest.innocent(traffic.nextUsers() + 1, random.nextBoolean());
        RawConnection doomed = connect();
        doomed.send(request.substring(0, attempt % (request.length() + 1)));
        doomed.reset();
    }

    /** Sends a part of a head or a body, and leaves the connection as it is until {@value #HELD} others are so. */
    private void hold() throws IOException {
        traffic.count("HELD");
        String request = MalformedRequest.innocent(traffic.nextUsers() + 1, false);
        RawConnection unfinished = connect();
        unfinished.send(request.substring(0, attempt % request.length()));
        held.add(unfinished);
        if (held.size() > HELD) {
            release(held.remove());
        }
    }

    /** An unfinished request has no response, unless the server has waited too long or has refused the connection. */
    private void release(RawConnection unfinished) throws IOException {
        if (unfinished.available() > 0) {
            RawConnection.Reply reply = unfinished.reply();
            if (reply.status() != 408 && reply.status() != 503) {
                traffic.fault("an unfinished request got " + reply);
            }
        }
        unfinished.reset();
    }

    /** A valid request in many small parts gets its response. */
    private void sendSlowly() throws IOException {
        traffic.count("SLOW");
        long user = traffic.nextUsers();
        String request = MalformedRequest.innocent(user, false);
        try (RawConnection slow = connect()) {
            for (int from = 0; from < request.length(); from += 7) {
                slow.send(request.substring(from, Math.min(request.length(), from + 7)));
                LockSupport.parkNanos(200_000);
            }
            expectOwn(slow.read(), user, "in parts");
            traffic.acknowledge(MalformedRequest.innocentUser(user));
            slow.reset();
        } catch (Overload refused) {
            traffic.count("refused connections");
        } catch (Fault fault) {
            traffic.fault(fault.toString());
        }
    }

    /** A pipeline: a logged request, a malformed one and a dry run. */
    private record Pipeline(@Nullable MalformedRequest kind, String malformed, long firstUser) {

        String text() {
            return MalformedRequest.innocent(firstUser, false)
                    + malformed
                    + MalformedRequest.innocent(firstUser + 2, true);
        }

        boolean keepsConnection() {
            return kind != null && kind.keepsConnection();
        }

        /** Whether a response is to a user of this pipeline, or to one that the malformed request names. */
        boolean owns(RawConnection.Reply reply) {
            return USER.matcher(reply.body())
                    .results()
                    .map(user -> user.group(1))
                    .allMatch(user ->
                            malformed.contains(user) || user.equals(MalformedRequest.innocentUser(firstUser + 2)));
        }

        @Override
        public String toString() {
            String shown = malformed.length() <= 600 ? malformed : malformed.substring(0, 600) + "…";
            return kind + " of user " + firstUser + ": " + shown;
        }
    }

    /** Reports a fault; thrown through the client's loop. */
    private static final class Fault extends IOException {
        Fault(String message) {
            super(message);
        }
    }

    /** The server refused the connection, since its threads lag. */
    private static final class Overload extends IOException {}
}

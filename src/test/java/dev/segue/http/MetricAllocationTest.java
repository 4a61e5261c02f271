package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.segue.Waiting;
import dev.segue.id.ListenerId;
import dev.segue.play.Arms;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import dev.segue.service.ServedEvent;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Test;

/** Counting a request allocates nothing, once the compiler has compiled it. */
class MetricAllocationTest {

    private static final int REQUESTS = 10_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Repeats a round of requests until one allocates nothing: the first ones are interpreted, and create series. */
    private static void awaitNoAllocation(Runnable round) {
        Waiting.until("a round allocates nothing", () -> {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            round.run();
            return THREADS.getCurrentThreadAllocatedBytes() == before;
        });
    }

    private static ServedEvent event(Message message, String recommender, int fallback, Arms arms) {
        boolean isLast = message == Message.LAST;
        var event = new Event(
                message,
                0,
                ListenerId.ofString("1"),
                new Playback(1, 1),
                0,
                isLast ? Recommendation.NONE : new Recommendation(2, 0.5, 2, recommender, fallback),
                arms,
                1,
                1,
                null,
                null,
                List.of());
        return new ServedEvent(event, null, 0);
    }

    @Test
    void aRecommendationIsCountedWithoutAllocation() {
        var metrics = new RecommendationMetrics(new MetricRegistry(), () -> "SERVING");
        List<ServedEvent> events = new ArrayList<>();
        for (String recommender : List.of("contextual", "new", "session", "top-pop", "random")) {
            for (int fallback = 0; fallback < 4; fallback++) {
                events.add(event(Message.NEXT, recommender, fallback, Arms.of("SERVING", "T" + fallback)));
                events.add(event(Message.NEXT, recommender, fallback, Arms.NONE));
            }
        }
        events.add(event(Message.LAST, "", 0, Arms.NONE));
        awaitNoAllocation(() -> {
            for (int i = 0; i < REQUESTS; i++) {
                metrics.count(events.get(i % events.size()), i);
            }
        });
        assertTrue(metrics.recommendedAndFallbacks()[0] >= REQUESTS / 2);
    }

    /** A request of which only headers and time are read. */
    private static final class HeadOfRequest extends Request.Wrapper {
        private final HttpFields headers;
        private final long arrived = System.nanoTime();

        HeadOfRequest(HttpFields headers) {
            super((Request) Proxy.newProxyInstance(
                    Request.class.getClassLoader(), new Class<?>[] {Request.class}, (proxy, method, arguments) -> {
                        throw new UnsupportedOperationException(method.getName());
                    }));
            this.headers = headers;
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }

        @Override
        public long getHeadersNanoTime() {
            return arrived;
        }
    }

    @Test
    void aResponseIsCountedWithoutAllocation() {
        var request = new HeadOfRequest(HttpFields.build()
                .add("Host", "localhost")
                .add("User-Agent", "test")
                .add("Accept", "*/*")
                .asImmutable());
        var responses = new ResponseMetrics(new MetricRegistry());
        List<RouteMetrics> routes = List.of(responses.route("/next/{user}"), responses.route("/last/{user}"));
        awaitNoAllocation(() -> {
            for (int i = 0; i < REQUESTS; i++) {
                routes.get(i % 2).responded(request, i % 3 == 0 ? 200 : 0);
            }
        });
    }
}

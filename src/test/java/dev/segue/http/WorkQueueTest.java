package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Work is started or refused, exactly once. */
class WorkQueueTest {

    private final HeldTasks threads = new HeldTasks();
    private final AtomicLong now = new AtomicLong();
    private final WorkQueue queue = new WorkQueue(
            threads, new WaitLimit(Duration.ofMillis(500), Duration.ofMillis(20), Duration.ofMillis(100), 0), now::get);
    private final List<String> outcomes = new ArrayList<>();

    private void add(String name) {
        queue.add(new WorkQueue.Work() {
            @Override
            public void start() {
                outcomes.add(name + " started");
            }

            @Override
            public void refuse(Problem problem) {
                outcomes.add(name + " " + problem.status() + " " + problem.headers());
            }
        });
    }

    @Test
    void workThatWaitsShortlyIsStarted() throws Exception {
        add("a");
        add("b");
        assertEquals(2, queue.waiting());
        now.addAndGet(499_000_000);
        threads.take().run();
        threads.take().run();
        assertEquals(List.of("a started", "b started"), outcomes);
        assertEquals(0, queue.waiting());
    }

    @Test
    void workThatWaitsTooLongGets503() throws Exception {
        add("a");
        now.addAndGet(501_000_000);
        add("b");
        threads.take().run();
        threads.take().run();
        assertEquals(List.of("a 503 {Retry-After=1}", "b started"), outcomes);
    }

    /** A client that waits for its response sends the next request then: the queue is never empty, and no overload. */
    @Test
    void clientsThatWaitForTheirResponsesAreServed() throws Exception {
        for (int client = 0; client < 64; client++) {
            add("a");
        }
        for (int i = 0; i < 1000; i++) {
            now.addAndGet(2_000_000);
            threads.take().run();
            add("a");
        }
        assertEquals(Collections.nCopies(1000, "a started"), outcomes);
    }

    @Test
    void aStandingQueueIsKeptShort() throws Exception {
        for (int millis = 0; millis < 300; millis++) { // three arrive while one is served
            add("a");
            add("b");
            add("c");
            now.addAndGet(1_000_000);
            threads.take().run();
        }
        outcomes.clear();
        threads.take().run();
        assertEquals(1, outcomes.size());
        assertEquals("503", outcomes.get(0).substring(2, 5), "it has waited longer than 20 ms");
    }

    @Test
    void workOfAStoppedServerIsRefused() {
        var stopped = new WorkQueue(
                task -> {
                    throw new RejectedExecutionException();
                },
                new WaitLimit(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0),
                now::get);
        stopped.add(new WorkQueue.Work() {
            @Override
            public void start() {
                outcomes.add("started");
            }

            @Override
            public void refuse(Problem problem) {
                outcomes.add(problem.detail());
            }
        });
        assertEquals(List.of("the server is stopping; use another one"), outcomes);
        assertEquals(0, stopped.waiting());
    }
}

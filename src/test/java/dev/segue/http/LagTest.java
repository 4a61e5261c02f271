package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LagTest {

    private final AtomicLong millis = new AtomicLong(5);
    private final Queue<Runnable> selector = new ArrayDeque<>();
    private final Lag lag = new Lag(selector::add, () -> millis.get() * 1_000_000);

    @Test
    void lagIsTheTimeUntilTheSelectorRunsTheTask() {
        assertEquals(0, lag.millis());
        lag.measure();
        millis.addAndGet(30);
        selector.remove().run();
        millis.addAndGet(1000);

        assertEquals(30, lag.millis());
    }

    @Test
    void lagGrowsWhileATaskWaitsAndOnlyOneTaskIsQueued() {
        lag.measure();
        millis.addAndGet(700);
        lag.measure();

        assertEquals(700, lag.millis());
        assertEquals(1, selector.size());

        selector.remove().run();
        lag.measure();
        selector.remove().run();
        assertEquals(0, lag.millis(), "the selector keeps up again");
    }
}

package dev.segue.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An acknowledgement that counts its calls; tests can wait for it. */
final class TestAcknowledgement implements Acknowledgement {

    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger timedOut = new AtomicInteger();
    private final CountDownLatch called = new CountDownLatch(1);

    @Override
    public void done() {
        done.incrementAndGet();
        called.countDown();
    }

    @Override
    public void timedOut() {
        timedOut.incrementAndGet();
        called.countDown();
    }

    void awaitDone() throws InterruptedException {
        if (!called.await(60, TimeUnit.SECONDS)) {
            throw new AssertionError("never acknowledged");
        }
        assertDoneOnce();
    }

    void assertDoneOnce() {
        assertEquals("1 done, 0 timed out", counts());
    }

    void assertTimedOutOnce() {
        assertEquals("0 done, 1 timed out", counts());
    }

    void assertCalledOnce() {
        assertEquals(1, done.get() + timedOut.get(), this::counts);
    }

    void assertWaiting() {
        assertFalse(called.getCount() == 0, this::counts);
    }

    private String counts() {
        return done.get() + " done, " + timedOut.get() + " timed out";
    }
}

package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseFlushQueueTest {

    @Test
    void failedResponsesDoNotStopOthers() {
        List<String> sent = new ArrayList<>();
        var queue = new ResponseFlushQueue(Runnable::run);
        queue.add(() -> sent.add("before"));
        queue.add(() -> {
            throw new IllegalStateException("the connection is gone");
        });
        queue.add(() -> sent.add("after"));
        queue.handOver();
        assertEquals(List.of("before", "after"), sent);

        queue.add(() -> sent.add("in the next batch"));
        queue.handOver();
        assertEquals(List.of("before", "after", "in the next batch"), sent);
    }

    /** If resumed earlier, the connection's next request would meet the callbacks of the previous one. */
    @Test
    void connectionIsResumedAfterItsResponseIsSent() {
        List<String> done = new ArrayList<>();
        var queue = new ResponseFlushQueue(Runnable::run);
        queue.add(() -> {
            assertTrue(ResponseFlushQueue.resumeAfterResponse(() -> done.add("first connection resumed")));
            done.add("first response sent");
        });
        queue.add(() -> done.add("second response sent"));
        queue.handOver();
        assertEquals(List.of("first response sent", "first connection resumed", "second response sent"), done);
        assertFalse(ResponseFlushQueue.resumeAfterResponse(() -> {}), "no response is being sent");
    }
}

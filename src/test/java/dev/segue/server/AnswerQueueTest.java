package dev.segue.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerQueueTest {

    @Test
    void answerThatCannotBeSentDoesNotKeepOthersFromTheirs() {
        List<String> sent = new ArrayList<>();
        var queue = new AnswerQueue(Runnable::run);
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
}

package dev.segue.history;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The answers to request ids of several listeners: the last few of each, and of all together as many as fit into a number
 * of bytes. The oldest is forgotten first, whoever's it is.
 *
 * <p>Not thread-safe.
 */
final class RecentResponses<A> {

    /** Most answers of one listener. */
    static final int KEPT = 16;

    /** Memory that an answer takes beside itself: its place in {@link #order} and its entry in a map. */
    private static final int ENTRY_BYTES = 160;

    private final long mostBytes;
    private final ToIntFunction<? super A> sizes;
    private final Queue<OfListener<A>> order = new ArrayDeque<>(); // one element for each answer, oldest first
    private long bytes;

    /**
     * @param mostBytes all answers together
     * @param sizes the bytes of an answer, roughly
     */
    RecentResponses(long mostBytes, ToIntFunction<? super A> sizes) {
        this.mostBytes = mostBytes;
        this.sizes = sizes;
    }

    /** One listener's answers, by request id. */
    static final class OfListener<A> {
        private final Map<String, A> answers = new LinkedHashMap<>(4);
        private int forgottenEarly; // of this listener's elements in the order, so many have no answer any more

        @Nullable
        A get(String requestId) {
            return answers.get(requestId);
        }
    }

    void put(OfListener<A> listener, String requestId, A answer) {
        A before = listener.answers.put(requestId, answer);
        bytes += bytes(requestId, answer);
        if (before != null) {
            bytes -= bytes(requestId, before);
        } else {
            order.add(listener);
            bytes += ENTRY_BYTES;
        }
        if (listener.answers.size() > KEPT) {
            forgetOldest(listener);
            listener.forgottenEarly++;
        }
        while (bytes > mostBytes && !order.isEmpty()) {
            forgetOldest();
        }
    }

    /** Forgets all of a listener's answers. */
    void forget(OfListener<A> listener) {
        listener.answers.forEach((requestId, answer) -> bytes -= bytes(requestId, answer));
        listener.forgottenEarly += listener.answers.size();
        listener.answers.clear();
    }

    private void forgetOldest() {
        OfListener<A> listener = order.remove();
        bytes -= ENTRY_BYTES;
        if (listener.forgottenEarly > 0) {
            listener.forgottenEarly--; // its elements stand in the order of its answers, so the earliest are meant
        } else {
            forgetOldest(listener);
        }
    }

    private void forgetOldest(OfListener<A> listener) {
        var oldest = listener.answers.entrySet().iterator();
        Map.Entry<String, A> entry = oldest.next();
        bytes -= bytes(entry.getKey(), entry.getValue());
        oldest.remove();
    }

    private int bytes(String requestId, A answer) {
        return 2 * requestId.length() + sizes.applyAsInt(answer);
    }

    /** The memory of all answers, roughly. */
    long bytes() {
        return bytes;
    }
}

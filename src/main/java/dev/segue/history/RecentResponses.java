package dev.segue.history;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The responses of several listeners by request id: the last {@value #KEPT} of each listener, and in total as many as fit
 * into a number of bytes. The oldest of all is forgotten first.
 *
 * <p>Not thread-safe.
 */
final class RecentResponses<A> {

    /** Maximum number of responses of a listener. */
    static final int KEPT = 16;

    /** Bytes of a response in addition to its own: its place in {@link #order} and its map entry. */
    private static final int ENTRY_BYTES = 160;

    private final long maxBytes;
    private final ToIntFunction<? super A> sizes;
    private final Queue<OfListener<A>> order = new ArrayDeque<>(); // one element for each response, oldest first
    private long bytes;

    /**
     * @param maxBytes maximum of all responses
     * @param sizes the approximate size of a response, in bytes
     */
    RecentResponses(long maxBytes, ToIntFunction<? super A> sizes) {
        this.maxBytes = maxBytes;
        this.sizes = sizes;
    }

    /** One listener's responses, by request id. */
    static final class OfListener<A> {
        private final Map<String, A> responses = new LinkedHashMap<>(4);
        private int forgottenEarly; // number of this listener's elements in the order without a response

        @Nullable
        A get(String requestId) {
            return responses.get(requestId);
        }
    }

    void put(OfListener<A> listener, String requestId, A response) {
        A before = listener.responses.put(requestId, response);
        bytes += bytes(requestId, response);
        if (before != null) {
            bytes -= bytes(requestId, before);
        } else {
            order.add(listener);
            bytes += ENTRY_BYTES;
        }
        if (listener.responses.size() > KEPT) {
            forgetOldest(listener);
            listener.forgottenEarly++;
        }
        while (bytes > maxBytes && !order.isEmpty()) {
            forgetOldest();
        }
    }

    /** Forgets all of a listener's responses. */
    void forget(OfListener<A> listener) {
        listener.responses.forEach((requestId, response) -> bytes -= bytes(requestId, response));
        listener.forgottenEarly += listener.responses.size();
        listener.responses.clear();
    }

    private void forgetOldest() {
        OfListener<A> listener = order.remove();
        bytes -= ENTRY_BYTES;
        if (listener.forgottenEarly > 0) {
            listener.forgottenEarly--; // its earliest elements belong to responses that were forgotten before
        } else {
            forgetOldest(listener);
        }
    }

    private void forgetOldest(OfListener<A> listener) {
        var oldest = listener.responses.entrySet().iterator();
        Map.Entry<String, A> entry = oldest.next();
        bytes -= bytes(entry.getKey(), entry.getValue());
        oldest.remove();
    }

    private int bytes(String requestId, A response) {
        return 2 * requestId.length() + sizes.applyAsInt(response);
    }

    /** The approximate size of all responses, in bytes. */
    long bytes() {
        return bytes;
    }
}

package dev.segue.listening;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The histories of many listeners, bounded in total.
 *
 * <p>Listeners are spread over shards, each a map under its own lock: one listener's requests are
 * serialised, those of others hardly ever meet. A full shard forgets the listener that was silent longest. It keeps the
 * highest session number it forgot and numbers the sessions of listeners it does not know from there, so that
 * (listener, session) never names two sessions.
 *
 * @param <A> what is remembered of an answer that had a request id
 */
public final class ListeningMemory<A> {

    private static final int MAX_SHARDS = 64;
    private static final int LISTENERS_WORTH_A_SHARD = 1024;

    private final HistoryLimits limits;
    private final Shard<A>[] shards;

    @SuppressWarnings({"unchecked", "rawtypes"})
    public ListeningMemory(HistoryLimits limits) {
        this.limits = limits;
        int count = Math.max(1, Math.min(MAX_SHARDS, limits.listeners() / LISTENERS_WORTH_A_SHARD));
        shards = new Shard[count];
        for (int i = 0; i < count; i++) {
            int share = limits.listeners() / count + (i < limits.listeners() % count ? 1 : 0);
            shards[i] = new Shard<>(share);
        }
    }

    /** What is remembered of one listener. */
    public static final class Memory<A> {
        private final ListeningHistory history;
        private @Nullable RecentAnswers<A> answers;

        private Memory(ListeningHistory history) {
            this.history = history;
        }

        public ListeningHistory history() {
            return history;
        }

        /** The answer that was given to a request id, or null. */
        public @Nullable A answerTo(String requestId) {
            return answers == null ? null : answers.get(requestId);
        }

        public void remember(String requestId, A answer) {
            if (answers == null) {
                answers = new RecentAnswers<>();
            }
            answers.put(requestId, answer);
        }
    }

    /** Runs {@code action} on a listener's memory, alone: no other action on that listener runs meanwhile. */
    public <R> R update(long listener, Function<Memory<A>, R> action) {
        Shard<A> shard = shard(listener);
        synchronized (shard) {
            Memory<A> memory = shard.take(listener);
            if (memory == null) {
                memory = newMemory(shard);
            }
            shard.put(listener, memory);
            return action.apply(memory);
        }
    }

    /** A copy of a listener's history; looking leaves no trace, not even in the order of forgetting. */
    public ListeningHistory peek(long listener) {
        Shard<A> shard = shard(listener);
        synchronized (shard) {
            Memory<A> memory = shard.look(listener);
            return (memory == null ? newMemory(shard) : memory).history.copy();
        }
    }

    private Memory<A> newMemory(Shard<A> shard) {
        return new Memory<>(
                new ListeningHistory(limits.listens(), limits.sessionTimeout(), shard.highestForgottenSession));
    }

    /** How many listeners are remembered. */
    public int size() {
        int size = 0;
        for (Shard<A> shard : shards) {
            synchronized (shard) {
                size += shard.size();
            }
        }
        return size;
    }

    private Shard<A> shard(long listener) {
        long mixed = listener * 0x9E3779B97F4A7C15L;
        return shards[(int) Long.remainderUnsigned(mixed >>> 20, shards.length)];
    }

    /** Listeners in the order of their last request: whoever asks is taken out and put in again at the end. */
    private static final class Shard<A> {
        private final int capacity;
        private final LinkedHashMap<Long, Memory<A>> memories = new LinkedHashMap<>();
        private long highestForgottenSession;

        Shard(int capacity) {
            this.capacity = capacity;
        }

        @Nullable
        Memory<A> look(long listener) {
            return memories.get(listener);
        }

        @Nullable
        Memory<A> take(long listener) {
            return memories.remove(listener);
        }

        void put(long listener, Memory<A> memory) {
            memories.put(listener, memory);
            if (memories.size() > capacity) {
                var eldest = memories.entrySet().iterator();
                highestForgottenSession = Math.max(
                        highestForgottenSession,
                        eldest.next().getValue().history.session());
                eldest.remove();
            }
        }

        int size() {
            return memories.size();
        }
    }

    /** The last few answers of one listener, by request id. */
    private static final class RecentAnswers<A> extends LinkedHashMap<String, A> {
        private static final int KEPT = 16;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, A> eldest) {
            return size() > KEPT;
        }
    }
}

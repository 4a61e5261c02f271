package dev.segue.history;

import java.util.HashMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The histories of many listeners, bounded in total.
 *
 * <p>Listeners are spread over shards, each a map under its own lock: one listener's requests are
 * serialised, those of others hardly ever meet. A full shard forgets the listener that was silent longest. It keeps the
 * highest session number it forgot and numbers the sessions of listeners it does not know from there, so that
 * (listener, session) never names two sessions of the log that is kept.
 *
 * @param <A> what is remembered of an answer that had a request id
 */
public final class ListeningMemory<A> {

    private static final int MAX_SHARDS = 64;
    private static final int LISTENERS_WORTH_A_SHARD = 1024;
    private static final int USUAL_ANSWER_BYTES = 512;

    private final HistoryLimits limits;
    private final Shard<A>[] shards;

    /** For answers whose size does not depend on what was asked. */
    public ListeningMemory(HistoryLimits limits) {
        this(limits, answer -> USUAL_ANSWER_BYTES);
    }

    /** @param answerBytes the bytes of an answer, roughly */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public ListeningMemory(HistoryLimits limits, ToIntFunction<? super A> answerBytes) {
        this.limits = limits;
        int count = Math.max(1, Math.min(MAX_SHARDS, limits.listeners() / LISTENERS_WORTH_A_SHARD));
        shards = new Shard[count];
        for (int i = 0; i < count; i++) {
            int share = limits.listeners() / count + (i < limits.listeners() % count ? 1 : 0);
            shards[i] = new Shard<>(share, limits, new RecentResponses<>(limits.answerBytes() / count, answerBytes));
        }
    }

    /** The state of one listener. */
    public static final class Memory<A> {
        private final long listener;
        private ListeningHistory history;
        private final RecentResponses<A> allAnswers;
        private RecentResponses.@Nullable OfListener<A> answers;

        // neighbours in the shard's ring; alone at first
        private Memory<A> older = this;
        private Memory<A> newer = this;

        private Memory(long listener, HistoryLimits limits, long lastSession, RecentResponses<A> allAnswers) {
            this.listener = listener;
            this.allAnswers = allAnswers;
            this.history = new ListeningHistory(limits, lastSession);
        }

        private void unlink() {
            older.newer = newer;
            newer.older = older;
        }

        private void linkBefore(Memory<A> ring) {
            older = ring.older;
            newer = ring;
            older.newer = this;
            ring.older = this;
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
                answers = new RecentResponses.OfListener<>();
            }
            allAnswers.put(answers, requestId, answer);
        }

        private void forgetAnswers() {
            if (answers != null) {
                allAnswers.forget(answers);
            }
        }
    }

    /**
     * Runs {@code action} on a listener's memory, alone: no other action on that listener runs meanwhile. If it throws, the
     * listener's history is as it was before, and a listener without a history is not added.
     */
    public <R> R update(long listener, Function<Memory<A>, R> action) {
        Shard<A> shard = shard(listener);
        synchronized (shard) {
            Memory<A> memory = shard.look(listener);
            if (memory == null) {
                Memory<A> added = newMemory(listener, shard);
                R result = action.apply(added);
                shard.add(added);
                return result;
            }
            shard.touch(memory);
            ListeningHistory before = memory.history.copy();
            try {
                return action.apply(memory);
            } catch (RuntimeException | Error e) {
                memory.history = before;
                throw e;
            }
        }
    }

    /** A copy of a listener's history; looking leaves no trace, not even in the order of forgetting. */
    public ListeningHistory peek(long listener) {
        Shard<A> shard = shard(listener);
        synchronized (shard) {
            Memory<A> memory = shard.look(listener);
            return (memory == null ? newMemory(listener, shard) : memory).history.copy();
        }
    }

    /** Numbers the sessions of listeners it does not know from after this one, since some may have been left unread. */
    public void forgetSessionsUpTo(long session) {
        for (Shard<A> shard : shards) {
            synchronized (shard) {
                shard.highestForgottenSession = Math.max(shard.highestForgottenSession, session);
            }
        }
    }

    private Memory<A> newMemory(long listener, Shard<A> shard) {
        return new Memory<>(listener, limits, shard.highestForgottenSession, shard.answers);
    }

    /** How much is remembered. */
    public HistoryLimits limits() {
        return limits;
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

    /** The size of the answers that are remembered, in bytes, roughly. */
    public long answerBytes() {
        long bytes = 0;
        for (Shard<A> shard : shards) {
            synchronized (shard) {
                bytes += shard.answers.bytes();
            }
        }
        return bytes;
    }

    private Shard<A> shard(long listener) {
        long mixed = listener * 0x9E3779B97F4A7C15L;
        return shards[(int) Long.remainderUnsigned(mixed >>> 20, shards.length)];
    }

    /**
     * Listeners by key, and a ring of them in the order of their last request: {@code ring.newer} was silent longest, {@code
     * ring.older} asked last.
     */
    private static final class Shard<A> {
        private final int capacity;
        private final HashMap<Long, Memory<A>> memories = new HashMap<>();
        private final Memory<A> ring;
        private final RecentResponses<A> answers;
        private long highestForgottenSession;

        Shard(int capacity, HistoryLimits limits, RecentResponses<A> answers) {
            this.capacity = capacity;
            this.answers = answers;
            ring = new Memory<>(-1, limits, 0, answers);
        }

        /** Reads without counting as a use. */
        @Nullable
        Memory<A> look(long listener) {
            return memories.get(listener);
        }

        /** Makes a listener the one that asked last. */
        void touch(Memory<A> memory) {
            memory.unlink();
            memory.linkBefore(ring);
        }

        void add(Memory<A> memory) {
            memories.put(memory.listener, memory);
            memory.linkBefore(ring);
            if (memories.size() > capacity) {
                Memory<A> silentLongest = ring.newer;
                highestForgottenSession = Math.max(highestForgottenSession, silentLongest.history.session());
                silentLongest.unlink();
                silentLongest.forgetAnswers();
                memories.remove(silentLongest.listener);
            }
        }

        int size() {
            return memories.size();
        }
    }
}

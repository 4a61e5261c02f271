package dev.segue.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The histories of many listeners, bounded in total.
 *
 * <p>Listeners are distributed over shards, each a map with its own lock: the requests of one listener are serialized, and
 * those of different listeners rarely wait for each other. A full shard forgets its least recently active listener. It keeps
 * the highest session number that it has forgotten, and numbers the sessions of new listeners from there, so that a pair of
 * listener and session is unique in the log.
 *
 * @param <A> the type of a response that is kept by its request id
 */
public final class ListeningMemory<A> {

    private static final int MAX_SHARDS = 64;
    private static final int LISTENERS_WORTH_A_SHARD = 1024;
    private static final int DEFAULT_RESPONSE_BYTES = 512;

    private final HistoryLimits limits;
    private final Shard<A>[] shards;

    /** For responses of similar size. */
    public ListeningMemory(HistoryLimits limits) {
        this(limits, response -> DEFAULT_RESPONSE_BYTES);
    }

    /** @param responseBytes the approximate size of a response, in bytes */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public ListeningMemory(HistoryLimits limits, ToIntFunction<? super A> responseBytes) {
        this.limits = limits;
        int count = Math.max(1, Math.min(MAX_SHARDS, limits.listeners() / LISTENERS_WORTH_A_SHARD));
        shards = new Shard[count];
        for (int i = 0; i < count; i++) {
            int share = limits.listeners() / count + (i < limits.listeners() % count ? 1 : 0);
            shards[i] =
                    new Shard<>(share, limits, new RecentResponses<>(limits.responseBytes() / count, responseBytes));
        }
    }

    /** The state of one listener. */
    public static final class Memory<A> {
        private final long listener;
        private ListeningHistory history;
        private final RecentResponses<A> allResponses;
        private RecentResponses.@Nullable OfListener<A> responses;

        // neighbours in the shard's ring; initially alone
        private Memory<A> older = this;
        private Memory<A> newer = this;

        private Memory(long listener, HistoryLimits limits, long lastSession, RecentResponses<A> allResponses) {
            this.listener = listener;
            this.allResponses = allResponses;
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

        /** The response of a request id, or null. */
        public @Nullable A responseTo(String requestId) {
            return responses == null ? null : responses.get(requestId);
        }

        public void remember(String requestId, A response) {
            if (responses == null) {
                responses = new RecentResponses.OfListener<>();
            }
            allResponses.put(responses, requestId, response);
        }

        private void forgetResponses() {
            if (responses != null) {
                allResponses.forget(responses);
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
            memory.history.begin();
            try {
                R result = action.apply(memory);
                memory.history.commit();
                return result;
            } catch (RuntimeException | Error e) {
                memory.history = memory.history.rolledBack();
                throw e;
            }
        }
    }

    /** Forgets a listener, with the kept responses; returns false if it is unknown. */
    public boolean forget(long listener) {
        Shard<A> shard = shard(listener);
        synchronized (shard) {
            Memory<A> memory = shard.look(listener);
            if (memory != null) {
                shard.remove(memory);
            }
            return memory != null;
        }
    }

    /** A copy of a listener's history. Has no side effect, not even on the order of forgetting. */
    public ListeningHistory peek(long listener) {
        Shard<A> shard = shard(listener);
        synchronized (shard) {
            Memory<A> memory = shard.look(listener);
            return (memory == null ? newMemory(listener, shard) : memory).history.copy();
        }
    }

    /** A listener, by its key, with a copy of its history. */
    public record Recent(long listener, ListeningHistory history) {}

    /**
     * The listeners that were active last, about as many from each shard. A shard is locked only while its few histories are copied. Has no
     * side effect.
     *
     * @param most maximum number of listeners; at least one per shard is taken
     */
    public List<Recent> recent(int most) {
        List<Recent> recent = new ArrayList<>();
        int share = Math.max(1, most / shards.length);
        for (Shard<A> shard : shards) {
            synchronized (shard) {
                Memory<A> memory = shard.ring.older;
                for (int i = 0; i < share && memory != shard.ring; i++) {
                    recent.add(new Recent(memory.listener, memory.history.copy()));
                    memory = memory.older;
                }
            }
        }
        return recent;
    }

    /** Numbers the sessions of new listeners from above this number, because the events of earlier sessions may be unread. */
    public void forgetSessionsUpTo(long session) {
        for (Shard<A> shard : shards) {
            synchronized (shard) {
                shard.highestForgottenSession = Math.max(shard.highestForgottenSession, session);
            }
        }
    }

    private Memory<A> newMemory(long listener, Shard<A> shard) {
        return new Memory<>(listener, limits, shard.highestForgottenSession, shard.responses);
    }

    /** The limits. */
    public HistoryLimits limits() {
        return limits;
    }

    /** The number of listeners that are kept. */
    public int size() {
        int size = 0;
        for (Shard<A> shard : shards) {
            synchronized (shard) {
                size += shard.size();
            }
        }
        return size;
    }

    /** The approximate size of the responses that are kept, in bytes. */
    public long responseBytes() {
        long bytes = 0;
        for (Shard<A> shard : shards) {
            synchronized (shard) {
                bytes += shard.responses.bytes();
            }
        }
        return bytes;
    }

    private Shard<A> shard(long listener) {
        long mixed = listener * 0x9E3779B97F4A7C15L;
        return shards[(int) Long.remainderUnsigned(mixed >>> 20, shards.length)];
    }

    /**
     * Listeners by key, and a ring of them in the order of their last requests: {@code ring.newer} is the least recently active
     * one, {@code ring.older} the most recently active one.
     */
    private static final class Shard<A> {
        private final int capacity;
        private final HashMap<Long, Memory<A>> memories = new HashMap<>();
        private final Memory<A> ring;
        private final RecentResponses<A> responses;
        private long highestForgottenSession;

        Shard(int capacity, HistoryLimits limits, RecentResponses<A> responses) {
            this.capacity = capacity;
            this.responses = responses;
            ring = new Memory<>(-1, limits, 0, responses);
        }

        /** Returns a listener without changing the order. */
        @Nullable
        Memory<A> look(long listener) {
            return memories.get(listener);
        }

        /** Makes a listener the most recently active one. */
        void touch(Memory<A> memory) {
            memory.unlink();
            memory.linkBefore(ring);
        }

        void add(Memory<A> memory) {
            memories.put(memory.listener, memory);
            memory.linkBefore(ring);
            if (memories.size() > capacity) {
                remove(ring.newer); // the least recently active one
            }
        }

        void remove(Memory<A> memory) {
            highestForgottenSession = Math.max(highestForgottenSession, memory.history.session());
            memory.unlink();
            memory.forgetResponses();
            memories.remove(memory.listener);
        }

        int size() {
            return memories.size();
        }
    }
}

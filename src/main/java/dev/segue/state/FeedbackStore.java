package dev.segue.state;

import dev.segue.id.ListenerId;
import dev.segue.id.TrackIds;
import dev.segue.platform.Heap;
import dev.segue.state.ListenerFeedback.Given;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The feedback of all listeners, in memory and in {@code feedback.jsonl}. A line is
 * {@code {"timestamp":1700000000000,"user":1,"track":5,"feedback":"ban"}}, with {@code "artist":"A"} in place of the track for an artist.
 * Thread-safe.
 */
public final class FeedbackStore implements AutoCloseable {

    /** The approximate size of an entry in memory, in bytes. */
    private static final int ENTRY_BYTES = 200;

    /** The share of the heap that feedback may take. */
    private static final double HEAP_SHARE = 0.125;

    private final Map<Long, ListenerFeedback> byListener = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final int maxSize;
    private final StateFile file;

    private FeedbackStore(Path folder, int maxSize) {
        this.maxSize = maxSize;
        file = StateFile.open(folder.resolve("feedback.jsonl"), this::read);
    }

    /**
     * Reads the feedback of a folder; there is none if the folder does not exist.
     *
     * @throws StateException if the file is unreadable
     */
    public static FeedbackStore open(Path folder) {
        return new FeedbackStore(folder, (int) Math.min(Integer.MAX_VALUE, Heap.share(HEAP_SHARE) / ENTRY_BYTES));
    }

    /** The same with a maximum number of entries. */
    static FeedbackStore open(Path folder, int maxSize) {
        return new FeedbackStore(folder, maxSize);
    }

    /** The feedback of a listener, by the key of its id. */
    public ListenerFeedback of(long listener) {
        return byListener.getOrDefault(listener, ListenerFeedback.NONE);
    }

    /** The number of tracks and artists with feedback, over all listeners. */
    public int size() {
        return size.get();
    }

    /**
     * Records feedback on a track, or on an artist: it is on the disk when this returns, and in effect. Waits for the disk.
     *
     * @param track the track; null for an artist
     * @param artist the artist; null for a track
     * @param nowMillis time in ms since 1970
     * @throws IllegalArgumentException if the listener has too many
     * @throws StateException if it cannot be recorded
     */
    public synchronized void add(
            ListenerId user, @Nullable Integer track, @Nullable String artist, Feedback feedback, long nowMillis) {
        ListenerFeedback before = of(user.key());
        if (before.isUnchangedBy(track, artist, feedback)) {
            return;
        }
        ListenerFeedback after = before.with(track, artist, new Given(feedback, nowMillis));
        if (after.size() > before.size() && size.get() >= maxSize) {
            throw new StateException("the feedback of all listeners has " + maxSize
                    + " entries, the most that the heap affords; raise -Xmx");
        }
        var line = JsonNodeFactory.instance.objectNode().put("timestamp", nowMillis);
        line.putPOJO("user", user.json());
        if (track != null) {
            line.putPOJO("track", TrackIds.json(track));
        } else {
            line.put("artist", artist);
        }
        file.append(line.put("feedback", feedback.json()));
        put(user.key(), before, after);
    }

    /**
     * Erases the feedback of a listener, in memory and in the file. Waits for the disk.
     *
     * @return the number of tracks and artists that had feedback
     * @throws StateException if the file cannot be rewritten; the feedback is then kept
     */
    public synchronized int forget(long listener) {
        file.retain(line -> listener(line).key() != listener);
        ListenerFeedback before = of(listener);
        put(listener, before, ListenerFeedback.NONE);
        return before.size();
    }

    private void put(long listener, ListenerFeedback before, ListenerFeedback after) {
        size.addAndGet(after.size() - before.size());
        if (after.isEmpty()) {
            byListener.remove(listener);
        } else {
            byListener.put(listener, after);
        }
    }

    private void read(JsonNode line) {
        JsonNode user = line.path("user");
        JsonNode time = line.path("timestamp");
        Feedback feedback = Feedback.of(line.path("feedback").asString("")).orElse(null);
        boolean isOfArtist = line.path("artist").isString();
        if (!(user.isString() || user.canConvertToLong()) || !time.canConvertToLong() || feedback == null) {
            throw new IllegalArgumentException(
                    "the line is not feedback: it needs \"timestamp\", \"user\" and \"feedback\"");
        }
        Integer track = isOfArtist ? null : TrackLine.track(line);
        ListenerId listener = listener(line);
        ListenerFeedback before = of(listener.key());
        put(
                listener.key(),
                before,
                before.with(
                        track, isOfArtist ? line.path("artist").asString() : null, new Given(feedback, time.asLong())));
    }

    private static ListenerId listener(JsonNode line) {
        JsonNode user = line.path("user");
        return user.isString() ? ListenerId.ofString(user.asString()) : ListenerId.of(user.asLong());
    }

    @Override
    public void close() {
        file.close();
    }
}

package dev.segue.event;

import dev.segue.play.Event;
import dev.segue.play.Playback;
import org.jspecify.annotations.Nullable;

/**
 * Skips events that were read before: duplicates from at-least-once log shippers or from copied files.
 *
 * <p>Events of Segue are identified by listener, session, sequence number and timestamp; the timestamp is needed
 * because session numbers restart when a server loses its history. Events of Botify have no such identifier, so all
 * their fields are compared. Events are compared by 64-bit fingerprints; the probability of any collision among five
 * million events is below 1e-6.
 *
 * <p>Memory is bounded: an eighth of the heap holds the latest fingerprints, so a duplicate is detected if it follows
 * the original within that window (four million events with a heap of 1 GB). Readers of several logs merge them by
 * time, which brings duplicates close together.
 */
public final class DistinctEventReader implements EventReader {

    /** Two tables that are half full take four slots of eight bytes per fingerprint. */
    private static final long BYTES_PER_FINGERPRINT = 32;

    private final EventReader events;
    private final Fingerprints seen;
    private long repeated;

    /** @param events closed with this reader */
    public DistinctEventReader(EventReader events) {
        this(events, Runtime.getRuntime().maxMemory() / 8 / BYTES_PER_FINGERPRINT);
    }

    /** @param window minimum distance, in events, within which a duplicate is detected */
    public DistinctEventReader(EventReader events, long window) {
        this.events = events;
        seen = new Fingerprints(window);
    }

    @Override
    public @Nullable Event next() {
        for (Event event = events.next(); event != null; event = events.next()) {
            if (seen.add(fingerprint(event))) {
                return event;
            }
            repeated++;
        }
        return null;
    }

    static long fingerprint(Event event) {
        long hash = mix(mix(0, event.listener().key()), event.timestamp());
        if (event.session() > 0 && event.sequence() > 0) {
            return mix(mix(hash, event.session()), event.sequence());
        }
        Playback playback = event.playback();
        if (playback != null) {
            hash = mix(mix(hash, playback.track()), Double.doubleToLongBits(playback.time()));
        }
        hash = mix(
                mix(hash, Double.doubleToLongBits(event.latency())),
                event.recommendation().track());
        hash = mix(
                mix(hash, event.message().json().hashCode()),
                event.experiments().hashCode());
        return mix(mix(hash, event.session()), event.sequence());
    }

    /** Mixes a value into a hash with a step of MurmurHash3's finalizer. */
    private static long mix(long hash, long value) {
        long mixed = (hash ^ value) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    /** Number of duplicates skipped so far. */
    public long repeated() {
        return repeated;
    }

    @Override
    public ReadCounts counts() {
        return events.counts();
    }

    @Override
    public long bytesRead() {
        return events.bytesRead();
    }

    @Override
    public void close() {
        events.close();
    }
}

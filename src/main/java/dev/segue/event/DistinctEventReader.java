package dev.segue.event;

import dev.segue.play.Event;
import dev.segue.play.Playback;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out events that were read before, as shippers that deliver at least once and copies of files leave them.
 *
 * <p>Listener, session, number in the session and timestamp name an event of Segue's; numbers alone would not do, since they
 * begin anew where a server lost its history. An event of Botify's has no such name: all that its line tells does. Events are
 * compared by 64-bit fingerprints, of which two among five million are equal by chance with a probability below 1e-6.
 *
 * <p>Memory is bounded: as many fingerprints are kept as fit into an eighth of the heap, so that a repetition is noticed if it
 * comes within so many events of the first one (four million with a heap of 1 GB). Readers of several logs merge them by time,
 * which brings copies together.
 */
public final class DistinctEventReader implements EventReader {

    /** Four slots of eight bytes in two tables that are half full. */
    private static final long BYTES_EACH = 32;

    private final EventReader events;
    private final Fingerprints known;
    private long repeated;

    /** @param events closed with this reader */
    public DistinctEventReader(EventReader events) {
        this(events, Runtime.getRuntime().maxMemory() / 8 / BYTES_EACH);
    }

    /** @param remembered how many events a repetition may come later, at least */
    public DistinctEventReader(EventReader events, long remembered) {
        this.events = events;
        known = new Fingerprints(remembered);
    }

    @Override
    public @Nullable Event next() {
        for (Event event = events.next(); event != null; event = events.next()) {
            if (known.add(fingerprint(event))) {
                return event;
            }
            repeated++;
        }
        return null;
    }

    /** A fingerprint of an event. */
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

    /** A step of MurmurHash3's finalizer, which spreads each bit over all others. */
    private static long mix(long hash, long value) {
        long mixed = (hash ^ value) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    /** How many events were left out so far because they had been read before. */
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

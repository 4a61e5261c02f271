package dev.segue.http;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The system's clock, limited to {@link #EARLIEST} to {@link #LATEST}. A machine that has lost its time may start in 1970.
 * Requests are served nevertheless: their events have the nearest limit as time, which all readers of logs accept, and a
 * warning is logged.
 */
final class PlausibleClock implements InstantSource {

    static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");
    static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private static final Logger LOG = LoggerFactory.getLogger(PlausibleClock.class);

    private final InstantSource clock;
    private final AtomicBoolean wrong = new AtomicBoolean();

    PlausibleClock(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public long millis() {
        long now = clock.millis();
        long plausible = Math.max(EARLIEST.toEpochMilli(), Math.min(now, LATEST.toEpochMilli()));
        if (now == plausible) {
            if (wrong.get() && wrong.compareAndSet(true, false)) {
                LOG.info("the system's clock is plausible again");
            }
        } else if (wrong.compareAndSet(false, true)) {
            LOG.warn(
                    "the system's clock is wrong: it shows {}; events are logged with {} until it is set right",
                    Instant.ofEpochMilli(now),
                    Instant.ofEpochMilli(plausible));
        }
        return plausible;
    }
}

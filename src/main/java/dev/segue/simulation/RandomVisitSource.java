package dev.segue.simulation;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A fixed number of visits, each due at once, by listeners drawn uniformly among those without a session. */
public final class RandomVisitSource implements VisitSource {

    private final long seed;
    private final long sessions;
    private final AtomicLong begun = new AtomicLong();
    private final AtomicIntegerArray active;

    /** @param listeners number of listeners; must exceed the number of concurrent sessions */
    public RandomVisitSource(long seed, int listeners, long sessions) {
        this.seed = seed;
        this.sessions = sessions;
        active = new AtomicIntegerArray(listeners);
    }

    @Override
    public @Nullable Visit next() {
        long number = begun.getAndIncrement();
        if (number >= sessions) {
            return null;
        }
        var random = RandomVisits.visitorDraws(seed, number);
        int listener = random.nextInt(active.length());
        while (!active.compareAndSet(listener, 0, 1)) {
            listener = random.nextInt(active.length());
        }
        return new Visit(listener, 0);
    }

    @Override
    public void ended(int listener, long millis, double totalTime) {
        active.set(listener, 0);
    }
}

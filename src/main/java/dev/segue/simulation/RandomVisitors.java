package dev.segue.simulation;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** So many sessions of listeners drawn uniformly, as soon as there is room for them; who is there is not drawn again. */
public final class RandomVisitors implements Visitors {

    private final long seed;
    private final long sessions;
    private final AtomicLong begun = new AtomicLong();
    private final AtomicIntegerArray there;

    /** @param listeners how many there are to draw from: more than ever have a session at once */
    public RandomVisitors(long seed, int listeners, long sessions) {
        this.seed = seed;
        this.sessions = sessions;
        there = new AtomicIntegerArray(listeners);
    }

    @Override
    public @Nullable Visit next() {
        long number = begun.getAndIncrement();
        if (number >= sessions) {
            return null;
        }
        var random = RandomVisits.visitor(seed, number);
        int listener = random.nextInt(there.length());
        while (!there.compareAndSet(listener, 0, 1)) {
            listener = random.nextInt(there.length());
        }
        return new Visit(listener, 0);
    }

    @Override
    public void ended(int listener, long millis, double totalTime) {
        there.set(listener, 0);
    }
}

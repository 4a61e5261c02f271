package dev.segue.simulation.days;

import java.util.function.LongConsumer;

/** A progress display that can yield the terminal to other output. */
public interface PausableProgress extends LongConsumer {

    /** Yields the terminal to other output until {@link #resume}. */
    void pause();

    /** Shows the progress again, below the other output. */
    void resume();
}

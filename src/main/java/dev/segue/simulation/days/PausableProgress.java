package dev.segue.simulation.days;

import java.util.function.LongConsumer;

/** Shows the number of units that are done, and can leave the terminal to other output. */
public interface PausableProgress extends LongConsumer {

    /** Leaves the terminal to other output until {@link #goOn}. */
    void pause();

    /** Shows the progress again, below the other output. */
    void goOn();
}

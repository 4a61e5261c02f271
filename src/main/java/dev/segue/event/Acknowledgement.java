package dev.segue.event;

/**
 * A callback of the log: for a written event ({@link EventLog#whenWritten}), or for a log that is writable again
 * ({@link EventLog#whenWritable}).
 *
 * <p>Exactly one of the two methods is called, exactly once. Both must return quickly and must not block, since the
 * calls run one after another on one thread. An exception is logged and otherwise ignored.
 */
public interface Acknowledgement {

    /**
     * The condition holds. Called on the writer thread, or on the registering thread if the condition holds already.
     */
    void done();

    /**
     * The condition did not hold in time. Called on the thread that calls {@link EventLog#expire} or {@link
     * EventLog#close}.
     */
    void timedOut();
}

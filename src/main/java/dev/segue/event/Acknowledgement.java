package dev.segue.event;

/**
 * Somebody who waits for the log: for an event to be written, or for the log to be writable again.
 *
 * <p>Exactly one of the two methods is called, exactly once. Both must be quick and must not block: everybody else waits
 * behind them. An exception is logged and otherwise ignored.
 */
public interface Acknowledgement {

    /** The awaited event has happened. Called by the log's writer thread, or at once by the thread that asks. */
    void done();

    /** It has not happened in time. Called by the thread that calls {@link EventLog#expire} or {@link EventLog#close}. */
    void timedOut();
}

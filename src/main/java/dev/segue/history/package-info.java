/**
 * The tracks that a listener just heard, and the session that they belong to. {@link dev.segue.history.ListeningMemory} keeps a
 * bounded {@link dev.segue.history.ListeningHistory} for each listener in memory; it is rebuilt from the event log at
 * start, so there is no second durable store. Start with {@code ListeningHistory}.
 */
@NullMarked
package dev.segue.history;

import org.jspecify.annotations.NullMarked;

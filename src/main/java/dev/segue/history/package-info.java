/**
 * The tracks that listeners played last, and their sessions. {@link dev.segue.history.ListeningMemory} keeps a
 * bounded {@link dev.segue.history.ListeningHistory} for each listener in memory, and is rebuilt from the event log at
 * start, so that there is no second durable store. Start with {@code ListeningHistory}.
 */
@NullMarked
package dev.segue.history;

import org.jspecify.annotations.NullMarked;

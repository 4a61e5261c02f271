/**
 * What a listener just heard, and which session that belongs to. {@link dev.segue.listening.ListeningMemory} keeps a
 * bounded {@link dev.segue.listening.ListeningHistory} for each listener in memory; it is rebuilt from the event log at
 * start, so there is no second durable store. Start with {@code ListeningHistory}.
 */
@NullMarked
package dev.segue.listening;

import org.jspecify.annotations.NullMarked;

package dev.segue.training;

import dev.segue.event.SessionReader;

/**
 * Counts of the log of a training.
 *
 * @param log counts of sessions and events
 * @param shortSessions number of ignored sessions with fewer than two playbacks, which have no recommended track
 * @param startEvents number of {@code start} events, which do not have a track
 * @param longSessions the implausibly long sessions
 */
public record SessionCounts(
        SessionReader.Counts log, long shortSessions, long startEvents, LongSessions longSessions) {}

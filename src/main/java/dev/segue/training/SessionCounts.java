package dev.segue.training;

import dev.segue.event.SessionReader;

/**
 * Counts of what a training has read of a log.
 *
 * @param log what the log held
 * @param shortSessions sessions with fewer than two playbacks: nothing was recommended in them
 * @param unchosen {@code start} events, which name no track
 * @param longSessions those that are too long for a listener's sitting
 */
public record SessionCounts(SessionReader.Counts log, long shortSessions, long unchosen, LongSessions longSessions) {}

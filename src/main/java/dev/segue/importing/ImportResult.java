package dev.segue.importing;

/**
 * The sizes of an imported log.
 *
 * @param listeners the number of listeners
 * @param tracks the number of tracks
 * @param sessions the number of sessions
 * @param begin the first timestamp, in ms since 1970
 * @param end the last timestamp, in ms since 1970
 */
public record ImportResult(long listeners, long tracks, long sessions, long begin, long end) {}

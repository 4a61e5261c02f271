package dev.segue.simulation;

/**
 * The start of a listener's session.
 *
 * @param listener position among the world's listeners
 * @param millis due time in ms since 1970; the session starts later if the listener's previous one is not over by then
 */
public record Visit(int listener, long millis) {}

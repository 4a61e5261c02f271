package dev.segue.simulation;

/**
 * A listener comes for a session.
 *
 * @param listener position among the world's listeners
 * @param millis when, in ms since 1970; the session begins later if the listener's last one is not over by then
 */
public record Visit(int listener, long millis) {}

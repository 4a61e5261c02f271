/**
 * Simulated listeners: {@link dev.segue.simulation.ListenerModel} decides how much of a track a listener plays, {@link
 * dev.segue.simulation.ListeningSession} is one session, and {@link dev.segue.simulation.Oracle} is the greedy reference for
 * recommenders. Start with {@code ListenerModel}.
 *
 * <p>Package {@code inprocess} plays sessions in this process in virtual time, {@code load} plays them against a server over
 * HTTP, {@code days} plays several days with returning listeners, and {@code replay} replays recorded sessions.
 */
@NullMarked
package dev.segue.simulation;

import org.jspecify.annotations.NullMarked;

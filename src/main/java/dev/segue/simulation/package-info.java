/**
 * Simulated listeners: {@link dev.segue.simulation.ListenerModel} decides how much of a track a listener plays, {@link
 * dev.segue.simulation.ListeningSession} is one session, {@link dev.segue.simulation.Oracle} the upper bound of what a
 * recommender can reach. Start with {@code ListenerModel}.
 *
 * <p>Package {@code inprocess} plays sessions in this process and in virtual time, {@code load} plays them against a server
 * over HTTP, {@code days} plays several days with listeners who return, and {@code replay} sends recorded sessions again.
 */
@NullMarked
package dev.segue.simulation;

import org.jspecify.annotations.NullMarked;

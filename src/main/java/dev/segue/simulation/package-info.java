/**
 * Listeners that are not there: {@link dev.segue.simulation.ListenerModel} says how they take what is recommended; start
 * there. {@link dev.segue.simulation.InProcessSimulation} plays them in virtual time, {@link
 * dev.segue.simulation.LoadSimulation} against a server. Of either they know only a {@link
 * dev.segue.simulation.NextTrackClient}; what an {@link dev.segue.simulation.Oracle} knows reaches no recommender.
 */
@NullMarked
package dev.segue.simulation;

import org.jspecify.annotations.NullMarked;

/**
 * Listeners that are not there: {@link dev.segue.simulation.ListenerModel} says how they take what is recommended. Start
 * there.
 */
@NullMarked
package dev.segue.simulation;

import org.jspecify.annotations.NullMarked;

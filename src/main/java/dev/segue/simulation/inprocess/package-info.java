/**
 * Simulation in this process in virtual time: {@link dev.segue.simulation.inprocess.InProcessSimulation} plays sessions with
 * the recommenders of {@link dev.segue.simulation.inprocess.InProcessArms}. Start with {@link
 * dev.segue.simulation.inprocess.InProcessPlayer}.
 */
@NullMarked
package dev.segue.simulation.inprocess;

import org.jspecify.annotations.NullMarked;

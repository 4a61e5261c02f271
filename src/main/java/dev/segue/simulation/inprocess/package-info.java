/**
 * Simulation in this process, in virtual time: {@link dev.segue.simulation.inprocess.InProcessSimulation} plays listeners with
 * the {@link dev.segue.simulation.inprocess.InProcessArms recommenders to compare}. Start with {@link
 * dev.segue.simulation.inprocess.InProcessPlayer}.
 */
@NullMarked
package dev.segue.simulation.inprocess;

import org.jspecify.annotations.NullMarked;

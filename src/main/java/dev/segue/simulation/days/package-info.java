/**
 * Several simulated days: {@link dev.segue.simulation.days.ReturningListeners} come back after a good session, new ones and
 * new tracks {@link dev.segue.simulation.days.Arrivals arrive}, and a {@link dev.segue.simulation.days.BetweenDaysHook} may
 * train and reload between days. Start with {@link dev.segue.simulation.days.SimulatedDays}.
 */
@NullMarked
package dev.segue.simulation.days;

import org.jspecify.annotations.NullMarked;

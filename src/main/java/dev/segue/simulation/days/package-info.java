/**
 * Several simulated days: {@link dev.segue.simulation.days.ReturningListeners listeners return} after sessions, new listeners
 * and tracks {@link dev.segue.simulation.days.Arrivals arrive}, and a {@link dev.segue.simulation.days.BetweenDaysHook} may
 * pause or run a command between days. Start with {@link dev.segue.simulation.days.SimulatedDays}.
 */
@NullMarked
package dev.segue.simulation.days;

import org.jspecify.annotations.NullMarked;

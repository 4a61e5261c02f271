package dev.segue.simulation.days;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The plan of several simulated days.
 *
 * @param days number of days
 * @param returning the listeners' visits
 * @param releases the days on which tracks are released
 * @param releasesTracks whether tracks are released after the first day
 * @param released the file to which the released tracks are written before each day; or null
 * @param betweenDays the pause and the command between two days
 */
public record DaysPlan(
        int days,
        ReturningListeners returning,
        Arrivals releases,
        boolean releasesTracks,
        @Nullable Path released,
        BetweenDaysHook betweenDays) {}

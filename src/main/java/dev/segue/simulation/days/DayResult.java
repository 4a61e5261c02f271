package dev.segue.simulation.days;

import dev.segue.simulation.ArmResult;
import java.time.LocalDate;
import java.util.List;

/**
 * The results of a simulated day.
 *
 * @param day from 1
 * @param date date of the day's start, in UTC
 * @param newListeners number of listeners with their first visit on this day
 * @param tracks number of released tracks
 * @param arms results of the arms on this day
 */
public record DayResult(int day, LocalDate date, int newListeners, int tracks, List<ArmResult> arms) {}

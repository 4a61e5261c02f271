package dev.segue.simulation.days;

import dev.segue.simulation.ArmResult;
import java.time.LocalDate;
import java.util.List;

/**
 * The figures of a simulated day.
 *
 * @param day from 1
 * @param date of its beginning, UTC
 * @param newListeners who came for the first time
 * @param tracks that were out
 * @param arms how the arms fared on it
 */
public record DayResult(int day, LocalDate date, int newListeners, int tracks, List<ArmResult> arms) {}

package dev.segue.report;

import dev.segue.event.SessionReader;

/**
 * What was met in a log while an experiment was read, beside its listeners.
 *
 * @param counts events, sessions, and what is odd about them
 * @param switched listeners who were seen in more than one arm: the weights were changed, or the log is of two experiments. They
 *     belong to no arm
 * @param forced listeners whose arm was set by hand, who are left out
 * @param early sessions that were in an arm before the time that is given as the experiment's beginning
 */
public record LogFacts(SessionReader.Counts counts, long switched, long forced, long early) {}

package dev.segue.offpolicy;

import java.util.List;

/**
 * The first decisions of a session; fewer than the horizon if the listener ended the session.
 *
 * @param unit the listener's number
 * @param steps the decisions in their order, all with a propensity
 */
public record Trajectory(int unit, List<Decision> steps) {

    public Trajectory {
        steps = List.copyOf(steps);
    }
}

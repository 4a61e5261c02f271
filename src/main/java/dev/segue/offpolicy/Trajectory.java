package dev.segue.offpolicy;

import java.util.List;

/**
 * The decisions of a session in their order, from its first on; fewer than the horizon if the listener ended it.
 *
 * @param unit the number of the listener
 * @param steps all with a propensity
 */
public record Trajectory(int unit, List<Decision> steps) {

    public Trajectory {
        steps = List.copyOf(steps);
    }
}

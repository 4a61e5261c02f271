package dev.segue.cli;

import dev.segue.simulation.ReplayResult.RecordedArm;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * How many recorded assignments a server makes alike.
 *
 * @param experiment the experiment
 * @param known whether the server has it
 * @param listeners how many listeners were recorded in an arm of it
 * @param agreeing how many of them the server puts into the same arm; 0 if it does not know the experiment
 */
record ArmAgreement(String experiment, boolean known, long listeners, long agreeing) {

    /**
     * Asks for the arm of each listener, experiment after experiment.
     *
     * @throws dev.segue.simulation.NextTrackException if the server does not answer
     */
    static List<ArmAgreement> of(Collection<RecordedArm> assignments, ReplayTarget target) {
        var agreements = new TreeMap<String, ArmAgreement>();
        for (RecordedArm recorded : assignments) {
            boolean known = target.has(recorded.experiment());
            boolean agrees = known && recorded.arm().equals(target.arm(recorded.experiment(), recorded.listener()));
            agreements.merge(
                    recorded.experiment(),
                    new ArmAgreement(recorded.experiment(), known, 1, agrees ? 1 : 0),
                    ArmAgreement::plus);
        }
        return List.copyOf(agreements.values());
    }

    private ArmAgreement plus(ArmAgreement other) {
        return new ArmAgreement(experiment, known, listeners + other.listeners, agreeing + other.agreeing);
    }
}

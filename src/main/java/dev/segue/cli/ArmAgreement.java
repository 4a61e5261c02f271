package dev.segue.cli;

import dev.segue.simulation.NextTrackException;
import dev.segue.simulation.ReplayResult.RecordedArm;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many recorded assignments a server makes alike.
 *
 * @param experiment the experiment
 * @param known whether the server has it
 * @param listeners how many listeners were recorded in an arm of it
 * @param compared for how many of them the server told the arm: none of those whom a URL cannot name
 * @param agreeing how many of those the server puts into the same arm
 * @param failure why the server was not asked on; null if it answered
 */
record ArmAgreement(
        String experiment,
        boolean known,
        long listeners,
        long compared,
        long agreeing,
        @Nullable String failure) {

    /** Asks for the arm of each listener who can be asked for, until there is no answer, or for a few seconds after a stop. */
    static List<ArmAgreement> of(Collection<RecordedArm> assignments, ReplayTarget target, BooleanSupplier stop) {
        BooleanSupplier outOfTime = Interruption.outOfTimeToAsk(stop);
        var agreements = new TreeMap<String, ArmAgreement>();
        String failure = null;
        for (RecordedArm recorded : assignments) {
            if (failure == null && outOfTime.getAsBoolean()) {
                failure = "interrupted while asking";
            }
            ArmAgreement one = of(recorded, target, failure);
            failure = one.failure == null ? failure : one.failure;
            agreements.merge(recorded.experiment(), one, ArmAgreement::plus);
        }
        return List.copyOf(agreements.values());
    }

    private static ArmAgreement of(RecordedArm recorded, ReplayTarget target, @Nullable String failedBefore) {
        String experiment = recorded.experiment();
        if (!target.has(experiment)) {
            return new ArmAgreement(experiment, false, 1, 0, 0, null);
        }
        if (failedBefore != null || !target.canTellArm(recorded.listener())) {
            return new ArmAgreement(experiment, true, 1, 0, 0, failedBefore);
        }
        try {
            boolean agrees = recorded.arm().equals(target.arm(experiment, recorded.listener()));
            return new ArmAgreement(experiment, true, 1, 1, agrees ? 1 : 0, null);
        } catch (NextTrackException e) {
            return new ArmAgreement(experiment, true, 1, 0, 0, e.getMessage());
        }
    }

    private ArmAgreement plus(ArmAgreement other) {
        return new ArmAgreement(
                experiment,
                known,
                listeners + other.listeners,
                compared + other.compared,
                agreeing + other.agreeing,
                failure == null ? other.failure : failure);
    }
}

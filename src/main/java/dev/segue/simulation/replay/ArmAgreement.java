package dev.segue.simulation.replay;

import dev.segue.listener.ListenerId;
import dev.segue.simulation.NextTrackException;
import dev.segue.simulation.load.ServedExperiments;
import dev.segue.simulation.replay.ReplayResult.RecordedArm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
 * @param switched listeners who were recorded in two arms; they are in none of the other counts
 * @param strangers recorded arms that the server does not have
 * @param failure why the server was not asked on; null if it answered
 */
public record ArmAgreement(
        String experiment,
        boolean known,
        long listeners,
        long compared,
        long agreeing,
        long switched,
        Set<String> strangers,
        @Nullable String failure) {

    /** Stands for the arm of a listener who was recorded in two; no arm is called so. */
    private static final String SWITCHED = "";

    /** Asks for the arm of each listener who can be asked for, until there is no answer, or for a few seconds after a stop. */
    public static List<ArmAgreement> of(
            Collection<RecordedArm> assignments, ReplayTarget target, BooleanSupplier stop) {
        BooleanSupplier outOfTime = ServedExperiments.deadline(stop);
        var agreements = new TreeMap<String, ArmAgreement>();
        String failure = null;
        Map<String, Map<ListenerId, RecordedArm>> single = new HashMap<>();
        for (RecordedArm recorded : assignments) {
            Map<ListenerId, RecordedArm> known = single.computeIfAbsent(recorded.experiment(), name -> new HashMap<>());
            RecordedArm before = known.putIfAbsent(recorded.listener(), recorded);
            if (before != null && !before.arm().equals(SWITCHED)) {
                known.put(recorded.listener(), new RecordedArm(recorded.experiment(), recorded.listener(), SWITCHED));
            }
        }
        List<RecordedArm> each = new ArrayList<>();
        single.values().forEach(known -> each.addAll(known.values()));
        for (RecordedArm recorded : each) {
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
        boolean known = target.has(experiment);
        if (recorded.arm().equals(SWITCHED)) {
            return new ArmAgreement(experiment, known, 0, 0, 0, 1, Set.of(), null);
        }
        if (!known) {
            return new ArmAgreement(experiment, false, 1, 0, 0, 0, Set.of(), null);
        }
        Set<String> strangers = target.arms(experiment).contains(recorded.arm()) ? Set.of() : Set.of(recorded.arm());
        if (failedBefore != null || !target.canTellArm(recorded.listener())) {
            return new ArmAgreement(experiment, true, 1, 0, 0, 0, strangers, failedBefore);
        }
        try {
            boolean agrees = recorded.arm().equals(target.arm(experiment, recorded.listener()));
            return new ArmAgreement(experiment, true, 1, 1, agrees ? 1 : 0, 0, strangers, null);
        } catch (NextTrackException e) {
            return new ArmAgreement(experiment, true, 1, 0, 0, 0, strangers, e.getMessage());
        }
    }

    private ArmAgreement plus(ArmAgreement other) {
        Set<String> both = new TreeSet<>(strangers);
        both.addAll(other.strangers);
        return new ArmAgreement(
                experiment,
                known,
                listeners + other.listeners,
                compared + other.compared,
                agreeing + other.agreeing,
                switched + other.switched,
                both,
                failure == null ? other.failure : failure);
    }
}

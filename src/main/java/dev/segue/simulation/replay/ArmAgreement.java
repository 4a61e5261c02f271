package dev.segue.simulation.replay;

import dev.segue.id.ListenerId;
import dev.segue.simulation.NextTrackException;
import dev.segue.simulation.load.ServedExperiments;
import dev.segue.simulation.replay.ReplayResult.RecordedArm;
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
 * The agreement of recorded assignments with a server's, for one experiment.
 *
 * @param experiment name of the experiment
 * @param known whether the server has the experiment
 * @param listeners number of listeners recorded in exactly one arm
 * @param compared number of these listeners whose arm the server returned; listeners without a form in URLs are not compared
 * @param agreeing number of compared listeners whom the server assigns to the recorded arm
 * @param switched number of listeners recorded in more than one arm; the other counts leave them out
 * @param unknownArms recorded arms that the server does not have
 * @param failure reason why the comparison ended early; null if it is complete
 */
public record ArmAgreement(
        String experiment,
        boolean known,
        long listeners,
        long compared,
        long agreeing,
        long switched,
        Set<String> unknownArms,
        @Nullable String failure) {

    /** Replaces the arm of a listener who was recorded in two; the name of an arm is not empty. */
    private static final String SWITCHED = "";

    /** Requests the listeners' arms, until a request fails or a few seconds after a stop; returns a result per experiment. */
    public static List<ArmAgreement> of(
            Collection<RecordedArm> assignments, ReplayTarget target, BooleanSupplier stop) {
        BooleanSupplier outOfTime = ServedExperiments.deadline(stop);
        var agreements = new TreeMap<String, ArmAgreement>();
        String failure = null;
        for (RecordedArm recorded : onePerListener(assignments)) {
            if (failure == null && outOfTime.getAsBoolean()) {
                failure = "interrupted while requesting the arms";
            }
            ArmAgreement one = of(recorded, target, failure);
            failure = one.failure == null ? failure : one.failure;
            agreements.merge(recorded.experiment(), one, ArmAgreement::plus);
        }
        return List.copyOf(agreements.values());
    }

    /** One assignment per experiment and listener, with the arm {@link #SWITCHED} where there are several. */
    private static List<RecordedArm> onePerListener(Collection<RecordedArm> assignments) {
        Map<String, Map<ListenerId, RecordedArm>> byExperiment = new HashMap<>();
        for (RecordedArm recorded : assignments) {
            byExperiment
                    .computeIfAbsent(recorded.experiment(), name -> new HashMap<>())
                    .merge(
                            recorded.listener(),
                            recorded,
                            (one, other) -> new RecordedArm(one.experiment(), one.listener(), SWITCHED));
        }
        return byExperiment.values().stream()
                .flatMap(byListener -> byListener.values().stream())
                .toList();
    }

    private static ArmAgreement of(RecordedArm recorded, ReplayTarget target, @Nullable String previousFailure) {
        String experiment = recorded.experiment();
        boolean known = target.has(experiment);
        if (recorded.arm().equals(SWITCHED)) {
            return new ArmAgreement(experiment, known, 0, 0, 0, 1, Set.of(), null);
        }
        if (!known) {
            return new ArmAgreement(experiment, false, 1, 0, 0, 0, Set.of(), null);
        }
        Set<String> unknownArms = target.arms(experiment).contains(recorded.arm()) ? Set.of() : Set.of(recorded.arm());
        if (previousFailure != null || !target.canQueryArm(recorded.listener())) {
            return new ArmAgreement(experiment, true, 1, 0, 0, 0, unknownArms, previousFailure);
        }
        try {
            boolean agrees = recorded.arm().equals(target.arm(experiment, recorded.listener()));
            return new ArmAgreement(experiment, true, 1, 1, agrees ? 1 : 0, 0, unknownArms, null);
        } catch (NextTrackException e) {
            return new ArmAgreement(experiment, true, 1, 0, 0, 0, unknownArms, e.getMessage());
        }
    }

    private ArmAgreement plus(ArmAgreement other) {
        Set<String> both = new TreeSet<>(unknownArms);
        both.addAll(other.unknownArms);
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

package dev.segue.service;

import dev.segue.experiment.Arm;
import dev.segue.experiment.Experiment;
import dev.segue.recommend.Recommender;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An experiment with the recommender of each of its arms.
 *
 * @param experiment assigns the arms
 * @param recommenders name of an arm → its recommender; one for each arm
 */
public record ServedExperiment(Experiment experiment, Map<String, Recommender> recommenders) {

    public ServedExperiment {
        recommenders = Map.copyOf(recommenders);
        for (Arm arm : experiment.arms()) {
            if (!recommenders.containsKey(arm.name())) {
                throw new IllegalArgumentException(
                        "experiment " + experiment.name() + ": arm " + arm.name() + " has no recommender");
            }
        }
    }

    /** The recommender of an arm; control's for null, which stands for listeners outside the experiment's traffic. */
    public Recommender recommender(@Nullable Arm arm) {
        return Objects.requireNonNull(recommenders.get((arm == null ? experiment.control() : arm).name()));
    }

    /**
     * The arm of a name.
     *
     * @throws UnknownArmException if there is none
     */
    Arm arm(String name) {
        return experiment.arms().stream()
                .filter(arm -> arm.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UnknownArmException(this));
    }

    /** The same experiment for listeners of one arm alone. */
    public ServedExperiment only(Arm arm) {
        return new ServedExperiment(
                Experiment.ofEqualWeights(experiment.name(), arm.name()), Map.of(arm.name(), recommender(arm)));
    }
}

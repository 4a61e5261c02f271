package dev.segue.service;

import dev.segue.experiment.Arm;
import java.util.stream.Collectors;

/** A request names an arm that the serving experiment does not have. */
public final class UnknownArmException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnknownArmException(ServedExperiment serving) {
        super("arm names no arm of experiment " + serving.experiment().name() + "; known: "
                + serving.experiment().arms().stream().map(Arm::name).collect(Collectors.joining(", ")));
    }
}

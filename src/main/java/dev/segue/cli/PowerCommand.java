package dev.segue.cli;

import dev.segue.analysis.ExperimentPlan;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code segue power}: power analysis of experiments. */
@Command(
        name = "power",
        description = "Compute the number of listeners that an experiment needs, or the lift that it can detect.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Before an experiment, the number of listeners needed to detect a lift of 5%%:",
            "  segue power --mean 2.97 --sd 0.93 --lift 5%%",
            "After an experiment, the smallest lift that it could detect with the given power:",
            "  segue power --mean 2.97 --sd 0.93 --listeners 8623",
            "The power of these listeners for a lift of 1%%:",
            "  segue power --mean 2.97 --sd 0.93 --listeners 8623 --lift 1%%",
            "",
            "Mean and standard deviation are those of the listeners' values, one value per listener, as in a report.",
            "With several treatments, alpha is divided by their number, the first step of Holm's correction."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PowerCommand implements Callable<Integer> {

    @Option(
            names = "--mean",
            required = true,
            paramLabel = "X",
            description = "Mean of the listeners' values in control.")
    private double mean;

    @Option(names = "--sd", required = true, paramLabel = "X", description = "Their standard deviation.")
    private double deviation;

    @Option(
            names = "--lift",
            paramLabel = "PERCENT",
            converter = Percent.class,
            description = "The effect to detect, in percent of the mean: 5%% or 5; either sign.")
    private @Nullable Double lift;

    @Option(names = "--listeners", paramLabel = "N", description = "Listeners in all arms together.")
    private @Nullable Long listeners;

    @Option(
            names = "--weights",
            split = ",",
            paramLabel = "N",
            defaultValue = "1,1",
            description = "Weights of the arms C, T1, …; default: ${DEFAULT-VALUE}.")
    private List<Integer> weights;

    @Option(
            names = "--alpha",
            paramLabel = "P",
            defaultValue = "0.05",
            description = "Probability of detecting an effect where there is none; default: ${DEFAULT-VALUE}.")
    private double alpha;

    @Option(
            names = "--power",
            paramLabel = "P",
            defaultValue = "0.8",
            description = "Probability of detecting the lift; default: ${DEFAULT-VALUE}.")
    private double power;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try {
            print(
                    new ExperimentPlan(mean, deviation, weights, alpha, power),
                    spec.commandLine().getOut());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        return 0;
    }

    private void print(ExperimentPlan plan, PrintWriter output) {
        if (listeners != null) {
            double detected = lift != null ? lift : plan.detectableLift(listeners);
            print(output, listeners, detected, lift != null ? plan.powerFor(detected, listeners) : power, ".");
        } else if (lift != null) {
            List<Long> perArm = plan.listenersPerArm(lift);
            print(output, perArm.stream().mapToLong(Long::longValue).sum(), lift, power, ":");
            for (int arm = 0; arm < perArm.size(); arm++) {
                output.printf(Locale.ROOT, "%-4s %,12d%n", arm == 0 ? "C" : "T" + arm, perArm.get(arm));
            }
        } else {
            throw new IllegalArgumentException(
                    "give --lift to get the listeners, --listeners to get the lift, or both to get the power");
        }
    }

    private static void print(PrintWriter output, long listeners, double lift, double power, String end) {
        output.printf(
                Locale.ROOT,
                "%,d listeners detect a lift of %.2f%% with a power of %.1f%%%s%n",
                listeners,
                100 * lift,
                100 * power,
                end);
    }

    /** Parses a percentage, with or without the percent sign, to a fraction. */
    static final class Percent implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            try {
                return Double.parseDouble(text.endsWith("%") ? text.substring(0, text.length() - 1) : text) / 100;
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + text + "' is not a percentage such as 5% or 5");
            }
        }
    }
}

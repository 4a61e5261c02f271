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

/** {@code segue power}: how many listeners an experiment needs, or what so many listeners show. */
@Command(
        name = "power",
        description = "Say how many listeners an experiment needs, or what lift so many listeners will show.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Before an experiment, the listeners that it takes to find a lift of 5%%:",
            "  segue power --mean 2.97 --sd 0.93 --lift 5%%",
            "After it, the smallest lift that it would most likely have found:",
            "  segue power --mean 2.97 --sd 0.93 --listeners 8623",
            "How likely those listeners were to find a lift of 1%%:",
            "  segue power --mean 2.97 --sd 0.93 --listeners 8623 --lift 1%%",
            "",
            "Mean and standard deviation are those of the listeners' values, one for each listener, as a report gives them.",
            "With several treatments alpha is divided by their number, as Holm's correction does."
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
            description = "The effect to find, in percent of the mean: 5%% or 5; either sign.")
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
            description = "How often an effect may be found where there is none; default: ${DEFAULT-VALUE}.")
    private double alpha;

    @Option(
            names = "--power",
            paramLabel = "P",
            defaultValue = "0.8",
            description = "How likely the lift is to be found; default: ${DEFAULT-VALUE}.")
    private double power;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try {
            tell(
                    new ExperimentPlan(mean, deviation, weights, alpha, power),
                    spec.commandLine().getOut());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        return 0;
    }

    private void tell(ExperimentPlan plan, PrintWriter output) {
        if (listeners != null) {
            double found = lift != null ? lift : plan.detectableLift(listeners);
            tell(output, listeners, found, lift != null ? plan.powerFor(found, listeners) : power, ".");
        } else if (lift != null) {
            List<Long> perArm = plan.listenersPerArm(lift);
            tell(output, perArm.stream().mapToLong(Long::longValue).sum(), lift, power, ":");
            for (int arm = 0; arm < perArm.size(); arm++) {
                output.printf(Locale.ROOT, "%-4s %,12d%n", arm == 0 ? "C" : "T" + arm, perArm.get(arm));
            }
        } else {
            throw new IllegalArgumentException(
                    "give --lift to get the listeners, --listeners to get the lift, or both to get the power");
        }
    }

    private static void tell(PrintWriter output, long listeners, double lift, double power, String end) {
        output.printf(
                Locale.ROOT,
                "%,d listeners find a lift of %.2f%% with a power of %.1f%%%s%n",
                listeners,
                100 * lift,
                100 * power,
                end);
    }

    /** A number of percent, with the sign or without it, as a fraction. */
    static final class Percent implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            try {
                return Double.parseDouble(text.endsWith("%") ? text.substring(0, text.length() - 1) : text) / 100;
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + text + "' is no number of percent, such as 5% or 5");
            }
        }
    }
}

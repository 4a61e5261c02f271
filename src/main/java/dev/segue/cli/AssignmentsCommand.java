package dev.segue.cli;

import dev.segue.event.EventLogs;
import dev.segue.event.EventReader;
import dev.segue.event.ReadCounts;
import dev.segue.experiment.Arm;
import dev.segue.experiment.Experiment;
import dev.segue.experiment.RecordedArms;
import dev.segue.play.Event;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue assignments}: checks the recorded arms of event logs against the assignment rule. */
@Command(
        name = "assignments",
        description = "Check that the arms in event logs are those that Segue assigns.",
        mixinStandardHelpOptions = true)
final class AssignmentsCommand implements Callable<Integer> {

    private static final Pattern TREATMENT = Pattern.compile("T[1-9][0-9]{0,3}");

    @Parameters(arity = "1..*", paramLabel = "LOG", description = LogOption.NAMES)
    private List<String> logs = List.of();

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private LineOptions lines;

    @Option(
            names = "--weights",
            split = ",",
            description =
                    "Weights of the arms C, T1, …. Default: equal weights for the arms of each experiment in the logs.")
    private List<Integer> weights = List.of();

    @Option(
            names = "--experiment",
            paramLabel = "NAME",
            description = "The only experiment to check, for instance with its --weights.")
    private @Nullable String experimentName;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        EventLogs eventLogs = lines.find(logs, err);
        var recorded = new RecordedArms();
        LineOptions.print(read(eventLogs, recorded), err);
        Map<String, Experiment> experiments = experiments(recorded);
        long rows = 0;
        long agree = 0;
        for (Map.Entry<String, Experiment> experiment : experiments.entrySet()) {
            for (var entry : recorded.listeners(experiment.getKey()).entrySet()) {
                RecordedArms.Recorded listener = entry.getValue();
                if (!listener.isSwitched()) {
                    Arm assigned = experiment.getValue().assign(entry.getKey());
                    rows += listener.rows();
                    agree += assigned != null && assigned.name().equals(listener.arm()) ? listener.rows() : 0;
                }
            }
        }
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%,d of %,d rows agree (%s)%s%n",
                        agree,
                        rows,
                        experiments.isEmpty() ? "no experiments" : String.join(", ", experiments.keySet()),
                        leftOut(recorded));
        return rows > 0 && agree == rows && recorded.switched() == 0 ? 0 : 1;
    }

    private static String leftOut(RecordedArms recorded) {
        String text = recorded.switched() == 0
                ? ""
                : String.format(Locale.ROOT, "; %,d listeners in two arms, left out", recorded.switched());
        Set<String> unknownArms = recorded.armsMatching(
                arm -> !arm.equals(Arm.CONTROL) && !TREATMENT.matcher(arm).matches());
        return unknownArms.isEmpty()
                ? text
                : text + "; the logs have the arms " + String.join(", ", unknownArms)
                        + ": rename them to C, T1, T2, ..., the names of the rule";
    }

    private Map<String, Experiment> experiments(RecordedArms recorded) {
        Map<String, Experiment> experiments = new TreeMap<>();
        recorded.arms().forEach((name, arms) -> {
            int size = arms.stream().mapToInt(AssignmentsCommand::arms).max().orElse(2);
            experiments.put(
                    name, Experiment.ofWeights(name, weights.isEmpty() ? Collections.nCopies(size, 1) : weights));
        });
        return experiments;
    }

    /** The smallest number of arms of an experiment that has this arm. */
    private static int arms(String arm) {
        return TREATMENT.matcher(arm).matches() ? Math.max(2, 1 + Integer.parseInt(arm.substring(1))) : 2;
    }

    /** Reads the assigned arms; forced arms are left out. */
    private ReadCounts read(EventLogs eventLogs, RecordedArms recorded) {
        try (EventReader events = eventLogs.open()) {
            for (Event event = events.next(); event != null; event = events.next()) {
                for (String name : event.experiments().experiments()) {
                    if ((experimentName == null || experimentName.equals(name))
                            && !event.experiments().forced().contains(name)) {
                        recorded.add(event, name);
                    }
                }
            }
            return events.counts();
        }
    }
}

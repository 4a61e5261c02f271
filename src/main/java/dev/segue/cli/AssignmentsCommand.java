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

/** Checks the assignment rule against logs, Segue's or Botify's. */
@Command(
        name = "assignments",
        description = "Checks that the rows of event logs carry the arms that Segue would assign.",
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
                    "Weights of the arms C, T1, …. Default: equal, of as many arms as an experiment has in the logs.")
    private List<Integer> weights = List.of();

    @Option(
            names = "--experiment",
            paramLabel = "NAME",
            description = "Only this one, for instance with its --weights.")
    private @Nullable String only;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        EventLogs found = lines.find(logs, err);
        var recorded = new RecordedArms();
        LineOptions.print(read(found, recorded), err);
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
        Set<String> strangers = recorded.armsMatching(
                arm -> !arm.equals(Arm.CONTROL) && !TREATMENT.matcher(arm).matches());
        return strangers.isEmpty()
                ? text
                : text + "; the logs have the arms " + String.join(", ", strangers)
                        + ": rename them to C, T1, T2, ..., as the rule calls arms";
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

    /** How many arms there are at least, if this is one of them. */
    private static int arms(String arm) {
        return TREATMENT.matcher(arm).matches() ? Math.max(2, 1 + Integer.parseInt(arm.substring(1))) : 2;
    }

    /** All that the rule assigned: what was set by hand is passed over. */
    private ReadCounts read(EventLogs found, RecordedArms recorded) {
        try (EventReader events = found.open()) {
            for (Event event = events.next(); event != null; event = events.next()) {
                for (String name : event.experiments().experiments()) {
                    if ((only == null || only.equals(name))
                            && !event.experiments().forced().contains(name)) {
                        recorded.add(event, name);
                    }
                }
            }
            return events.counts();
        }
    }
}

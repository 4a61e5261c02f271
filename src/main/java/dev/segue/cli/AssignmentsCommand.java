package dev.segue.cli;

import dev.segue.event.Event;
import dev.segue.event.EventReader;
import dev.segue.experiment.Experiment;
import dev.segue.experiment.Treatment;
import dev.segue.recommend.UniformRecommender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

    @Parameters(arity = "1..*", paramLabel = "LOG", description = "Event logs (JSON lines, gzip or not).")
    private List<Path> logs = List.of();

    @Option(
            names = "--weights",
            split = ",",
            defaultValue = "1,1",
            description = "Weights of the arms C, T1, …; default: ${DEFAULT-VALUE}.")
    private List<Integer> weights = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        Map<String, Experiment> experiments = new TreeMap<>();
        long rows = 0;
        long agree = 0;
        for (Path log : logs) {
            try (EventReader reader = EventReader.open(log)) {
                for (Event event = reader.next(); event != null; event = reader.next()) {
                    for (String name : event.experiments().experiments()) {
                        if (event.experiments().forced().contains(name)) {
                            continue; // set by hand, not by the rule
                        }
                        Experiment experiment = experiments.computeIfAbsent(name, key -> experiment(key, weights));
                        Treatment assigned = experiment.assign(event.listener());
                        rows++;
                        agree += assigned != null
                                        && assigned.name()
                                                .equals(event.experiments().arm(name))
                                ? 1
                                : 0;
                    }
                }
            }
        }
        spec.commandLine()
                .getOut()
                .printf(
                        "%,d of %,d rows agree (%s)%n",
                        agree,
                        rows,
                        experiments.isEmpty() ? "no experiments" : String.join(", ", experiments.keySet()));
        return rows > 0 && agree == rows ? 0 : 1;
    }

    /** The rule alone: the hash decides, and what an arm recommends does not matter. */
    static Experiment experiment(String name, List<Integer> weights) {
        var nothing = UniformRecommender.of("none", new int[0]);
        List<Treatment> treatments = new ArrayList<>();
        for (int weight : weights) {
            String arm = treatments.isEmpty() ? "C" : "T" + treatments.size();
            treatments.add(new Treatment(arm, weight, nothing));
        }
        return new Experiment(name, treatments, 1, Map.of());
    }
}

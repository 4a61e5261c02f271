package dev.segue.cli;

import dev.segue.config.RuleType;
import dev.segue.simulation.inprocess.InProcessArms;
import dev.segue.simulation.inprocess.Policy;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options for comparing recommenders without a configuration. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PolicyOptions {

    private static final List<String> DEFAULT = List.of("random", "sticky-artist", "top-pop");

    @Option(
            names = "--policy",
            split = ",",
            paramLabel = "P",
            description =
                    "Recommenders to compare, each an arm: random, sticky-artist, top-pop (of 100), top-pop:N, "
                            + "indexed, contextual (from the world's catalogs), new (scored by models/new there, if there is one), "
                            + "new:uniform (drawn from its catalog), session (from models/session there), session-knn (from "
                            + "log.jsonl.gz there), blend (of session, new and session-knn). Default: random,sticky-artist,top-pop.")
    private @Nullable List<String> policies;

    @Option(
            names = "--rules",
            split = ",",
            paramLabel = "R",
            description = "Session rules of all policies, with their default settings: no-repeat, artist-spacing, "
                    + "skip-memory, mmr. Default: none.")
    private @Nullable List<String> rules;

    @Option(
            names = "--split",
            defaultValue = "LISTENER",
            description =
                    "Unit that is assigned to a policy: ${COMPLETION-CANDIDATES}. SESSION gives the most mixed logs "
                            + "for training.")
    private InProcessArms.AssignmentUnit split;

    @Spec(Target.MIXEE)
    private CommandSpec command;

    /** Whether {@code --policy} was given. */
    boolean isGiven() {
        return policies != null;
    }

    /** The policies as arms, with the catalogs of a world. */
    InProcessArms arms(Path world, long seed) {
        List<String> names = policies == null ? DEFAULT : policies;
        if (Set.copyOf(names).size() < names.size()) {
            throw new ParameterException(
                    command.commandLine(), "--policy names a recommender twice; its arms would have the same name");
        }
        return InProcessArms.ofPolicies(
                names.stream()
                        .map(name -> Policy.parse(name, world).withRules(ruleTypes()))
                        .toList(),
                world,
                split,
                seed);
    }

    private List<RuleType> ruleTypes() {
        return rules == null ? List.of() : rules.stream().map(RuleType::of).toList();
    }
}

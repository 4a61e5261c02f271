package dev.segue.cli;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogException;
import dev.segue.catalog.CatalogFiles;
import dev.segue.catalog.InputFile;
import dev.segue.config.Configuration;
import dev.segue.config.RecommenderType;
import dev.segue.event.EventSink;
import dev.segue.experiment.Experiment;
import dev.segue.experiment.Treatment;
import dev.segue.listener.ListenerId;
import dev.segue.listening.HistoryLimits;
import dev.segue.listening.Listen;
import dev.segue.listening.ListeningMemory;
import dev.segue.random.KeyedRandom;
import dev.segue.serving.Answer;
import dev.segue.serving.Generation;
import dev.segue.serving.NextTrackQuery;
import dev.segue.serving.NextTrackService;
import dev.segue.serving.ServingPlan;
import dev.segue.simulation.InProcessServer;
import dev.segue.simulation.NextTrackClient;
import dev.segue.world.WorldFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The served use case, without a port, for simulations. */
final class InProcessArms implements InProcessServer {

    /** The experiment that policies are the arms of. */
    static final String EXPERIMENT = "POLICY";

    /** Who is outside of the experiment's traffic. */
    private static final String OUTSIDE = "outside";

    /** Sets the draws of {@link Split#SESSION} apart from all others. */
    private static final long ARM_DRAW = -2;

    /** What decides a listener's policy. */
    enum Split {
        /** The assignment hash, as in an experiment: a listener always gets the same. */
        LISTENER,
        /** A draw for each session: what mixes logs best for training. */
        SESSION
    }

    @FunctionalInterface
    private interface Choice {
        int arm(ListenerId listener, long session);
    }

    private final List<String> names;
    private final List<Generation> generations;
    private final Choice choice;
    private final HistoryLimits limits;
    private final long seed;

    private InProcessArms(
            List<String> names, List<Generation> generations, Choice choice, HistoryLimits limits, long seed) {
        this.names = List.copyOf(names);
        this.generations = List.copyOf(generations);
        this.choice = choice;
        this.limits = limits;
        this.seed = seed;
    }

    /** Each policy is an arm, on a world's own catalogs. */
    static InProcessArms ofPolicies(List<Policy> policies, Path world, Split split, long seed) {
        Catalog catalog = catalog(policies, world);
        List<Generation> generations = new ArrayList<>();
        List<Treatment> treatments = new ArrayList<>();
        for (Policy policy : policies) {
            Generation generation = ServingPlan.single(catalog, EXPERIMENT, policy.name(), policy.settings());
            generations.add(generation);
            treatments.add(generation.serving().control());
        }
        var experiment = new Experiment(EXPERIMENT, treatments, 1, Map.of());
        Choice choice = split == Split.LISTENER
                ? (listener, session) -> treatments.indexOf(experiment.assign(listener))
                : (listener, session) ->
                        new KeyedRandom(seed, listener.key(), session, ARM_DRAW).nextInt(policies.size());
        return new InProcessArms(
                policies.stream().map(Policy::name).toList(),
                generations,
                choice,
                new HistoryLimits(Integer.MAX_VALUE, 100, Duration.ofMinutes(30)),
                seed);
    }

    private static Catalog catalog(List<Policy> policies, Path world) {
        boolean contextual = uses(policies, RecommenderType.CONTEXTUAL);
        return Catalog.load(new CatalogFiles(
                file(world, contextual ? WorldFiles.CONTROL : WorldFiles.TRACKS),
                uses(policies, RecommenderType.NEW) ? file(world, WorldFiles.TREATMENT) : null,
                null,
                uses(policies, RecommenderType.TOP_POP)
                        ? file(world, WorldFiles.TOP_TRACKS)
                        : InputFile.find(world, WorldFiles.TOP_TRACKS).orElse(null),
                uses(policies, RecommenderType.INDEXED) ? file(world, WorldFiles.LISTENER_LISTS) : null));
    }

    private static boolean uses(List<Policy> policies, RecommenderType type) {
        return policies.stream().anyMatch(policy -> policy.settings().type() == type);
    }

    private static Path file(Path world, String name) {
        return InputFile.find(world, name)
                .orElseThrow(() -> new CatalogException(
                        world.resolve(name) + " is missing, and a policy needs it; segue world makes one"));
    }

    /** The arms of the experiment that serves, as a server with this configuration would. */
    static InProcessArms ofConfiguration(Configuration configuration) {
        Catalog catalog = Catalog.load(ServingPlan.catalogFiles(configuration));
        Generation generation = ServingPlan.generation(configuration, catalog);
        Experiment serving = generation.serving();
        List<String> names = new ArrayList<>(armNames(serving));
        names.add(OUTSIDE);
        return new InProcessArms(
                names,
                List.of(generation),
                (listener, session) -> {
                    Treatment assigned = serving.assign(listener);
                    return assigned == null ? names.size() - 1 : names.indexOf(assigned.name());
                },
                ServingPlan.historyLimits(configuration),
                configuration.seed());
    }

    /** The same arms for clones of every listener: whoever asks in an arm is answered by that arm. */
    static InProcessArms pairedOfConfiguration(Configuration configuration) {
        Catalog catalog = Catalog.load(ServingPlan.catalogFiles(configuration));
        Experiment serving = ServingPlan.generation(configuration, catalog).serving();
        List<Generation> generations = new ArrayList<>();
        for (Treatment treatment : serving.treatments()) {
            var only = new Experiment(serving.name(), List.of(treatment), 1, Map.of());
            generations.add(new Generation(catalog, List.of(only), only));
        }
        return new InProcessArms(
                armNames(serving),
                generations,
                (listener, session) -> 0,
                ServingPlan.historyLimits(configuration),
                configuration.seed());
    }

    private static List<String> armNames(Experiment experiment) {
        return experiment.treatments().stream().map(Treatment::name).toList();
    }

    @Override
    public List<String> arms() {
        return names;
    }

    @Override
    public int arm(ListenerId listener, long session) {
        return choice.arm(listener, session);
    }

    @Override
    public List<NextTrackClient> clients(InstantSource clock, EventSink log) {
        var memory = new ListeningMemory<Answer>(limits);
        List<NextTrackClient> clients = new ArrayList<>();
        for (int arm = 0; arm < names.size(); arm++) {
            Generation generation = generations.get(Math.min(arm, generations.size() - 1));
            clients.add(new Client(new NextTrackService(generation, memory, log, clock, () -> 0, seed)));
        }
        return clients;
    }

    private record Client(NextTrackService service) implements NextTrackClient {

        @Override
        public int next(ListenerId listener, int track, double time) {
            return service.next(service.generation(), NextTrackQuery.of(listener, new Listen(track, time)), 0)
                    .recommendation()
                    .track();
        }

        @Override
        public void last(ListenerId listener, int track, double time) {
            service.last(service.generation(), NextTrackQuery.of(listener, new Listen(track, time)), 0);
        }
    }
}

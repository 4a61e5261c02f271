package dev.segue.simulation.inprocess;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.catalog.Tracks;
import dev.segue.config.Configuration;
import dev.segue.config.RecommenderType;
import dev.segue.event.EventSink;
import dev.segue.experiment.Arm;
import dev.segue.experiment.Experiment;
import dev.segue.file.FileException;
import dev.segue.file.InputFile;
import dev.segue.history.HistoryLimits;
import dev.segue.history.ListeningMemory;
import dev.segue.id.ListenerId;
import dev.segue.play.Playback;
import dev.segue.random.KeyedRandom;
import dev.segue.service.Generation;
import dev.segue.service.NextTrackQuery;
import dev.segue.service.NextTrackService;
import dev.segue.service.ServedEvent;
import dev.segue.service.ServingPlan;
import dev.segue.simulation.NextTrackClient;
import dev.segue.world.WorldFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;

/** The arms of a simulation in this process: recommenders that are served without HTTP. */
public final class InProcessArms implements InProcessServer {

    /** The experiment that policies are the arms of. */
    static final String EXPERIMENT = "POLICY";

    /** Name of the arm of listeners outside the experiment's traffic. */
    private static final String OUTSIDE = "outside";

    /** Last key of the draws of {@link AssignmentUnit#SESSION}. */
    private static final long ARM_DRAW = -2;

    /** The unit that is assigned to a policy. */
    public enum AssignmentUnit {
        /** Each listener is assigned one policy by hash, as in an experiment. */
        LISTENER,
        /** Each session is assigned a random policy, which gives the most mixed logs for training. */
        SESSION
    }

    @FunctionalInterface
    private interface ArmChoice {
        int arm(ListenerId listener, long session);
    }

    private final List<String> names;
    private final Function<IntPredicate, List<Generation>> loader;
    private final Map<NextTrackService, Integer> services = new LinkedHashMap<>();
    private List<Generation> generations;
    private final ArmChoice choice;
    private final HistoryLimits limits;
    private final long seed;

    /** @param loader loads the generations for the released tracks: one per arm, or one for all arms */
    private InProcessArms(
            List<String> names,
            Function<IntPredicate, List<Generation>> loader,
            ArmChoice choice,
            HistoryLimits limits,
            long seed) {
        this.names = List.copyOf(names);
        this.loader = loader;
        this.generations = loader.apply(track -> true);
        this.choice = choice;
        this.limits = limits;
        this.seed = seed;
    }

    /** Makes each policy an arm, with the catalogs of a world. */
    public static InProcessArms ofPolicies(List<Policy> policies, Path world, AssignmentUnit split, long seed) {
        CatalogFiles files = catalogFiles(policies, world);
        List<String> names = policies.stream().map(Policy::name).toList();
        Experiment experiment = Experiment.ofEqualWeights(EXPERIMENT, names.toArray(String[]::new));
        ArmChoice choice = split == AssignmentUnit.LISTENER
                ? (listener, session) -> names.indexOf(assigned(experiment, listener))
                : (listener, session) ->
                        new KeyedRandom(seed, listener.key(), session, ARM_DRAW).nextInt(policies.size());
        return new InProcessArms(
                names,
                released -> {
                    Catalog catalog = Catalog.load(files, released);
                    return policies.stream()
                            .map(policy ->
                                    ServingPlan.single(catalog, EXPERIMENT, policy.name(), policy.recommenders(world)))
                            .toList();
                },
                choice,
                new HistoryLimits(Integer.MAX_VALUE, 100, Duration.ofMinutes(30)),
                seed);
    }

    private static String assigned(Experiment experiment, ListenerId listener) {
        Arm arm = experiment.assign(listener);
        return arm == null ? OUTSIDE : arm.name();
    }

    private static CatalogFiles catalogFiles(List<Policy> policies, Path world) {
        boolean contextual = uses(policies, RecommenderType.CONTEXTUAL);
        return new CatalogFiles(
                file(world, contextual ? WorldFiles.CONTROL : WorldFiles.TRACKS),
                uses(policies, RecommenderType.NEW) ? file(world, WorldFiles.TREATMENT) : null,
                null,
                uses(policies, RecommenderType.TOP_POP)
                        ? file(world, WorldFiles.TOP_TRACKS)
                        : InputFile.find(world, WorldFiles.TOP_TRACKS).orElse(null),
                uses(policies, RecommenderType.INDEXED) ? file(world, WorldFiles.LISTENER_LISTS) : null);
    }

    private static boolean uses(List<Policy> policies, RecommenderType type) {
        return policies.stream().anyMatch(policy -> policy.uses(type));
    }

    private static Path file(Path world, String name) {
        return InputFile.find(world, name)
                .orElseThrow(() -> new FileException(
                        world.resolve(name) + " is missing, and a policy needs it; create a world with segue world"));
    }

    /** The arms of a configuration's serving experiment, with the assignment of a server. */
    public static InProcessArms ofConfiguration(Configuration configuration) {
        Experiment serving = generation(configuration, track -> true).serving().experiment();
        List<String> names = new ArrayList<>(armNames(serving));
        if (serving.traffic() < 1) {
            names.add(OUTSIDE);
        }
        return new InProcessArms(
                names,
                released -> List.of(generation(configuration, released)),
                (listener, session) -> names.indexOf(assigned(serving, listener)),
                ServingPlan.historyLimits(configuration),
                configuration.seed());
    }

    private static Generation generation(Configuration configuration, IntPredicate released) {
        Catalog catalog = Catalog.load(ServingPlan.catalogFiles(configuration), released);
        return ServingPlan.generation(configuration, catalog);
    }

    /** The arms of a configuration's serving experiment, for a paired simulation: every arm plays a clone of each listener. */
    public static InProcessArms pairedOfConfiguration(Configuration configuration) {
        return new InProcessArms(
                armNames(generation(configuration, track -> true).serving().experiment()),
                released -> generation(configuration, released).byArm(),
                (listener, session) -> 0,
                ServingPlan.historyLimits(configuration),
                configuration.seed());
    }

    private static List<String> armNames(Experiment experiment) {
        return experiment.arms().stream().map(Arm::name).toList();
    }

    @Override
    public List<String> arms() {
        return names;
    }

    @Override
    public int arm(ListenerId listener, long session) {
        return choice.arm(listener, session);
    }

    /** The served tracks. */
    public Tracks tracks() {
        return generations.get(0).catalog().tracks();
    }

    /** Reloads the catalogs, with the released tracks only. */
    void reload(IntPredicate released) {
        generations = loader.apply(released);
        services.forEach((service, arm) -> service.serve(generation(arm)));
    }

    private Generation generation(int arm) {
        return generations.get(Math.min(arm, generations.size() - 1));
    }

    @Override
    public List<NextTrackClient> clients(InstantSource clock, EventSink log) {
        var memory = new ListeningMemory<ServedEvent>(limits);
        List<NextTrackClient> clients = new ArrayList<>();
        for (int arm = 0; arm < names.size(); arm++) {
            clients.add(client(arm, memory, clock, log));
        }
        return clients;
    }

    @Override
    public NextTrackClient client(int arm, InstantSource clock, EventSink log) {
        return client(arm, new ListeningMemory<>(limits), clock, log);
    }

    private NextTrackClient client(int arm, ListeningMemory<ServedEvent> memory, InstantSource clock, EventSink log) {
        var service = new NextTrackService(generation(arm), memory, log, clock, () -> 0, seed);
        services.put(service, arm);
        return new Client(service);
    }

    private record Client(NextTrackService service) implements NextTrackClient {

        @Override
        public int next(ListenerId listener, int track, double time) {
            return service.next(service.generation(), NextTrackQuery.of(listener, new Playback(track, time)), 0)
                    .event()
                    .recommendation()
                    .track();
        }

        @Override
        public void last(ListenerId listener, int track, double time) {
            service.last(service.generation(), NextTrackQuery.of(listener, new Playback(track, time)), 0);
        }
    }
}

package dev.segue.simulation.replay;

import dev.segue.catalog.Catalog;
import dev.segue.config.Configuration;
import dev.segue.experiment.Arm;
import dev.segue.experiment.Experiment;
import dev.segue.history.ListeningMemory;
import dev.segue.id.ListenerId;
import dev.segue.play.Event;
import dev.segue.service.Exclude;
import dev.segue.service.Generation;
import dev.segue.service.NextTrackQuery;
import dev.segue.service.NextTrackService;
import dev.segue.service.ServedEvent;
import dev.segue.service.ServedExperiment;
import dev.segue.service.ServingPlan;
import dev.segue.simulation.VirtualClock;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Replays to recommenders in this process, without HTTP or a log. The time is that of the recorded events. */
public final class InProcessReplay implements ReplayTarget {

    private final Configuration configuration;
    private final Generation generation;
    private final int ranks;

    public InProcessReplay(Configuration configuration, int ranks) {
        this.configuration = configuration;
        this.ranks = ranks;
        generation = ServingPlan.generation(configuration, Catalog.load(ServingPlan.catalogFiles(configuration)));
    }

    @Override
    public ReplayClient connect() {
        var clock = new VirtualClock();
        return new Client(
                new NextTrackService(
                        generation,
                        new ListeningMemory<ServedEvent>(ServingPlan.historyLimits(configuration)),
                        event -> 0,
                        clock,
                        () -> 0,
                        configuration.seed()),
                clock,
                ranks);
    }

    @Override
    public boolean has(String experiment) {
        return named(experiment).findAny().isPresent();
    }

    @Override
    public List<String> arms(String experiment) {
        return named(experiment)
                .flatMap(each -> each.arms().stream())
                .map(Arm::name)
                .toList();
    }

    @Override
    public @Nullable String arm(String experiment, ListenerId listener) {
        Arm assigned =
                named(experiment).map(each -> each.assign(listener)).findFirst().orElse(null);
        return assigned == null ? null : assigned.name();
    }

    private Stream<Experiment> named(String experiment) {
        return generation.experiments().stream()
                .map(ServedExperiment::experiment)
                .filter(each -> each.name().equals(experiment));
    }

    @Override
    public boolean canQueryArm(ListenerId listener) {
        return true;
    }

    @Override
    public void close() {}

    private record Client(NextTrackService service, VirtualClock clock, int ranks) implements ReplayClient {

        @Override
        public List<Integer> next(Event recorded) {
            clock.set(recorded.timestamp());
            var query = new NextTrackQuery(
                    recorded.listener(), recorded.playback(), null, ranks, false, false, Exclude.NONE);
            return service.next(service.generation(), query, 0).event().recommendations();
        }

        @Override
        public void last(Event recorded) {
            clock.set(recorded.timestamp());
            service.last(service.generation(), NextTrackQuery.of(recorded.listener(), recorded.playback()), 0);
        }

        @Override
        public @Nullable String obstacle(Event recorded) {
            return null;
        }

        @Override
        public void close() {}
    }
}

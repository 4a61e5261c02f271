package dev.segue.simulation.inprocess;

import dev.segue.event.EventFileWriter;
import dev.segue.simulation.ArmResult;
import dev.segue.simulation.ListenerModel;
import dev.segue.simulation.Oracle;
import dev.segue.simulation.RandomVisits;
import dev.segue.simulation.SimulatedWorld;
import dev.segue.simulation.Tally;
import dev.segue.simulation.days.ReturningListeners;
import dev.segue.simulation.days.SimulatedDays;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Plays sessions of simulated listeners with recommenders in this process, and returns the results of the arms. */
public final class InProcessPlayer implements SimulatedDays.Player, AutoCloseable {

    /** Sessions between two updates of the log and the progress display. */
    private static final int BATCH = 10_000;

    private final InProcessArms arms;
    private final boolean oracle;
    private final BooleanSupplier stop;
    private final @Nullable EventFileWriter log;
    private final InProcessSimulation simulation;
    private long sessions;

    /**
     * @param paired whether every arm plays a clone of each listener
     * @param oracle whether every session is also played with the oracle
     * @param log a new file for the events; or null
     * @param stop true to end early
     */
    public InProcessPlayer(
            SimulatedWorld world,
            ListenerModel model,
            InProcessArms arms,
            boolean paired,
            boolean oracle,
            long seed,
            int threads,
            @Nullable Path log,
            BooleanSupplier stop) {
        this.stop = stop;
        this.arms = arms;
        this.oracle = oracle;
        this.log = log == null ? null : EventFileWriter.create(log);
        simulation = new InProcessSimulation(
                model,
                world.listeners(),
                arms,
                paired,
                oracle ? new Oracle(model) : null,
                seed,
                threads,
                this.log,
                stop);
    }

    public void play(RandomVisits visits, LongConsumer progress) {
        for (long next = 0; next < visits.sessions() && !stop.getAsBoolean(); next += BATCH) {
            long end = Math.min(visits.sessions(), next + BATCH);
            sessions += simulation.play(visits.range(next, end), visits.millis(end));
            progress.accept(sessions);
        }
    }

    @Override
    public void beginDay(ListenerModel model, IntPredicate released) {
        simulation.replaceModel(model, oracle ? new Oracle(model) : null);
        arms.reload(released);
    }

    @Override
    public List<ArmResult> playDay(ReturningListeners returning, Instant end) {
        List<Tally> before = simulation.snapshot();
        sessions += simulation.playDay(returning, end);
        if (log != null) {
            log.flush();
        }
        return simulation.resultsSince(before);
    }

    /** How many sessions were played. */
    public long sessions() {
        return sessions;
    }

    /** The results of the arms so far. */
    public List<ArmResult> results() {
        return simulation.results();
    }

    @Override
    public void close() {
        simulation.close();
        if (log != null) {
            log.close();
        }
    }
}

package dev.segue.cli;

import dev.segue.event.EventFileWriter;
import dev.segue.simulation.ArmResult;
import dev.segue.simulation.InProcessSimulation;
import dev.segue.simulation.ListenerModel;
import dev.segue.simulation.Oracle;
import dev.segue.simulation.RandomVisits;
import dev.segue.simulation.ReturningListeners;
import dev.segue.simulation.SimulatedWorld;
import dev.segue.simulation.Tally;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Simulated listeners and recommenders in this process: plays them, then says how the arms fared. */
final class InProcessPlayer implements SimulatedDays.Player, AutoCloseable {

    /** Sessions between two looks at the clock and the terminal. */
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
     * @param stop tells when to end early
     */
    InProcessPlayer(
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

    void play(RandomVisits visits, Progress progress) {
        for (long next = 0; next < visits.sessions() && !stop.getAsBoolean(); next += BATCH) {
            long end = Math.min(visits.sessions(), next + BATCH);
            sessions += simulation.play(visits.range(next, end), visits.millis(end));
            progress.accept(sessions);
        }
    }

    @Override
    public void wakeUp(ListenerModel model, IntPredicate released) {
        simulation.goOnWith(model, oracle ? new Oracle(model) : null);
        arms.reload(released);
    }

    @Override
    public List<ArmResult> playDay(ReturningListeners returning, Instant end) {
        List<Tally> before = simulation.soFar();
        sessions += simulation.playDay(returning, end);
        if (log != null) {
            log.flush();
        }
        return simulation.resultsSince(before);
    }

    /** How many sessions were played. */
    long sessions() {
        return sessions;
    }

    /** How the arms fared. */
    List<ArmResult> results() {
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

package dev.segue.simulation.days;

import dev.segue.catalog.TrackCatalogWriter;
import dev.segue.simulation.ArmResult;
import dev.segue.simulation.ListenerModel;
import dev.segue.simulation.SessionRules;
import dev.segue.simulation.SimulatedWorld;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Plays several days: listeners arrive and return, tracks are released, and catalogs may change between days. */
public final class SimulatedDays {

    /** Plays sessions, in this process or against a server. */
    public interface Player {

        /**
         * Begins a day on which the world or the catalogs may differ from the day before.
         *
         * @param model model of the listeners on this day
         * @param released whether a track is released
         */
        void beginDay(ListenerModel model, IntPredicate released);

        /**
         * Plays all visits of a day.
         *
         * @param end end of the day
         * @return the results of the arms on this day
         */
        List<ArmResult> playDay(ReturningListeners returning, Instant end);
    }

    private final DaysPlan plan;
    private final SimulatedWorld world;
    private final SessionRules rules;
    private final List<DayResult> results = new ArrayList<>();
    private @Nullable RuntimeException failure;

    public SimulatedDays(DaysPlan plan, SimulatedWorld world, SessionRules rules) {
        this.plan = plan;
        this.world = world;
        this.rules = rules;
    }

    /** Plays the days. If a day or a hook fails, the results before it are kept; see {@link #rethrow}. */
    public void play(Player player, BooleanSupplier stop, PausableProgress progress, PrintWriter terminal) {
        ReturningListeners returning = plan.returning();
        try {
            for (int day = 1; day <= plan.days(); day++) {
                if (day > 1) {
                    progress.pause();
                    plan.betweenDays().run(day - 1, terminal, stop);
                    progress.resume();
                }
                if (stop.getAsBoolean()) {
                    break;
                }
                begin(day, player);
                int newListeners = returning.beginDay(day);
                List<ArmResult> arms = player.playDay(returning, returning.start(day + 1));
                if (stop.getAsBoolean() && arms.stream().allMatch(arm -> arm.sessions() == 0)) {
                    break;
                }
                results.add(new DayResult(
                        day,
                        returning.start(day).atZone(ZoneOffset.UTC).toLocalDate(),
                        newListeners,
                        plan.releases().arrivedBy(day),
                        arms));
                progress.accept(day);
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void begin(int day, Player player) {
        if (plan.releasesTracks() || (day > 1 && plan.betweenDays().mayChangeCatalogs())) {
            IntPredicate released = row -> plan.releases().hasArrived(row, day);
            Path file = plan.released();
            if (file != null) {
                writeReleased(file, released);
            }
            player.beginDay(
                    world.model(rules, released),
                    track -> released.test(world.tracks().row(track)));
        }
    }

    private void writeReleased(Path file, IntPredicate released) {
        TrackCatalogWriter.writeTracks(
                file,
                IntStream.range(0, world.tracks().size()).filter(released).map(world.tracks()::idAt),
                track -> Objects.requireNonNullElse(world.tracks().artist(track), ""),
                track -> Objects.requireNonNullElse(world.tracks().title(track), ""),
                null);
    }

    /** The results of the days that were played. */
    public List<DayResult> results() {
        return results;
    }

    /** Throws the failure that ended the days early, if there was one. */
    public void rethrow() {
        if (failure != null) {
            throw failure;
        }
    }
}

package dev.segue.cli;

import dev.segue.catalog.TrackCatalogWriter;
import dev.segue.simulation.ArmResult;
import dev.segue.simulation.Arrivals;
import dev.segue.simulation.ListenerModel;
import dev.segue.simulation.ReturningListeners;
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

/** Several days in a world: listeners return or not, others come, tracks are released, catalogs may change over night. */
final class SimulatedDays {

    /** Lets listeners play: in this process, or against a server. */
    interface Player {

        /**
         * A morning on which the world is another one, or the catalogs may be.
         *
         * @param model of the listeners, now
         * @param released which tracks are out
         */
        void wakeUp(ListenerModel model, IntPredicate released);

        /**
         * Plays all visits of a day.
         *
         * @param end of the day
         * @return how the arms fared on it
         */
        List<ArmResult> playDay(ReturningListeners returning, Instant end);
    }

    private final DaysOption option;
    private final SimulatedWorld world;
    private final SessionRules rules;
    private final ReturningListeners returning;
    private final Arrivals releases;
    private final BetweenDaysHook night;
    private final List<DayResult> results = new ArrayList<>();
    private @Nullable RuntimeException failure;

    SimulatedDays(DaysOption option, SimulatedWorld world, SessionRules rules, Instant start, long seed) {
        this.option = option;
        this.world = world;
        this.rules = rules;
        returning = option.listeners(world, start, seed);
        releases = option.releases(world, seed);
        night = option.night();
    }

    /** Plays the days; what was played is kept if a night or a day goes wrong. */
    void play(Player player, BooleanSupplier stop, Progress progress, PrintWriter terminal) {
        try {
            for (int day = 1; day <= option.days(); day++) {
                if (day > 1) {
                    progress.pause();
                    night.pass(day - 1, terminal, stop);
                    progress.goOn();
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
                        releases.there(day),
                        arms));
                progress.accept(day);
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void begin(int day, Player player) {
        if (option.releasesTracks() || (day > 1 && night.maySwapCatalogs())) {
            IntPredicate released = track -> releases.isThere(track, day);
            Path file = option.released();
            if (file != null) {
                writeReleased(file, released);
            }
            player.wakeUp(world.model(rules, released), released);
        }
    }

    private void writeReleased(Path file, IntPredicate released) {
        TrackCatalogWriter.writeTracks(
                file,
                IntStream.range(0, world.tracks().size()).filter(released),
                track -> Objects.requireNonNullElse(world.tracks().artist(track), ""),
                track -> Objects.requireNonNullElse(world.tracks().title(track), ""),
                null);
    }

    /** The days that were played. */
    List<DayResult> results() {
        return results;
    }

    /** Throws what ended the days early, if anything did. */
    void rethrow() {
        if (failure != null) {
            throw failure;
        }
    }
}

package dev.segue.cli;

import dev.segue.simulation.SimulatedWorld;
import dev.segue.simulation.days.Arrivals;
import dev.segue.simulation.days.BetweenDaysHook;
import dev.segue.simulation.days.DaysPlan;
import dev.segue.simulation.days.ReturnModel;
import dev.segue.simulation.days.ReturningListeners;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of simulations over several days. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DaysOption {

    /** The options that need {@code --days}. */
    static final List<String> DEPENDENT = List.of(
            "--return-hours", "--leave", "--new-listeners", "--new-tracks", "--released", "--pause", "--each-night");

    private static final double DEFAULT_NEW_LISTENERS = 0.01;

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "Instead of --sessions: number of days. Listeners return; after a longer session, sooner and "
                    + "with higher probability.")
    private @Nullable Integer days;

    @Option(
            names = "--return-hours",
            paramLabel = "H",
            defaultValue = "24",
            description =
                    "With --days: mean hours until a listener returns after a session of 5 track lengths; half as "
                            + "many after one of 20.")
    private double returnHours;

    @Option(
            names = "--leave",
            paramLabel = "P",
            defaultValue = "0.02",
            description =
                    "With --days: probability that a listener leaves for good after a session of 5 track lengths.")
    private double leave;

    @Option(
            names = "--new-listeners",
            paramLabel = "SHARE",
            description = "With --days: share of the world's listeners whose first visit is on each later day. "
                    + "Default: 0.01, less with more than 51 days, so that half of them arrive on the first.")
    private @Nullable Double newListeners;

    @Option(
            names = "--new-tracks",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "With --days: share of the world's tracks that are released on each later day.")
    private double newTracks;

    @Option(
            names = "--released",
            paramLabel = "FILE",
            description = "With --new-tracks: before each day, write the released tracks to FILE, as JSON lines.")
    private @Nullable Path released;

    @Option(names = "--pause", description = "With --days: between days, wait until Enter is pressed.")
    private boolean pause;

    @Option(
            names = "--each-night",
            paramLabel = "COMMAND",
            description =
                    "With --days: between days, run a shell command, such as one that trains on the log, and then "
                            + "reload the catalogs. SIMULATED_DAY is the day that has ended.")
    private @Nullable String command;

    /** The number of days; 0 without {@code --days}. */
    int days() {
        return days == null ? 0 : days;
    }

    /** The problem with the values; null if there is none. */
    @Nullable
    String problem() {
        if (days == null) {
            return null;
        }
        if (days < 1) {
            return "--days must be 1 or more";
        }
        if (released != null && newTracks == 0) {
            return "--released needs --new-tracks";
        }
        String listeners = problem("--new-listeners", newListeners(), "listeners");
        return listeners == null ? problem("--new-tracks", newTracks, "tracks") : listeners;
    }

    private @Nullable String problem(String option, double share, String kind) {
        if (!(share >= 0)) {
            return option + " must be 0 or more";
        }
        return share * (days() - 1) <= 0.5
                ? null
                : option + " " + share + " is too much for " + days() + " days; at most " + maxShare()
                        + " leaves half of the " + kind + " for the first";
    }

    private double newListeners() {
        return newListeners == null ? Math.min(DEFAULT_NEW_LISTENERS, maxShare()) : newListeners;
    }

    /** The largest share for each later day, rounded down. */
    private double maxShare() {
        return Math.floor(0.5 / (days() - 1) * 1e6) / 1e6;
    }

    /** The plan of the days for a world. */
    DaysPlan plan(SimulatedWorld world, Instant start, long seed) {
        Arrivals debuts = Arrivals.of("listeners", world.listeners().size(), days(), newListeners(), seed);
        return new DaysPlan(
                days(),
                new ReturningListeners(new ReturnModel(returnHours, leave), debuts, start, seed),
                Arrivals.of("tracks", world.tracks().size(), days(), newTracks, seed),
                newTracks > 0,
                released,
                new BetweenDaysHook(pause, command));
    }
}

package dev.segue.cli;

import dev.segue.simulation.RandomVisits;
import dev.segue.simulation.SessionRules;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many sessions there are, from when on, how long they may be, and how patient their listeners are. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class VisitsOption {

    /** The cut at which percent of oracle is quoted; without one, listeners who almost never leave rule the figures. */
    static final int ORACLE_PLAYBACKS = 50;

    private static final long MOST_SESSIONS = 1_000_000_000_000L;

    private static final Instant LATEST_START = Instant.parse("2999-12-31T23:59:59Z");

    @Option(names = "--sessions", paramLabel = "N", defaultValue = "20000", description = "How many sessions.")
    private long sessions;

    @Option(
            names = "--max-playbacks",
            paramLabel = "N",
            description = "Cut sessions after N playbacks, the first one included.")
    private @Nullable Integer maxPlaybacks;

    @Option(
            names = "--budget",
            paramLabel = "N",
            defaultValue = "5",
            description = "Disappointments until a listener leaves.")
    private int budget;

    @Option(
            names = "--artist-discount",
            paramLabel = "X",
            defaultValue = "0.8",
            description = "Each earlier playback of an artist in the session shortens the next by this factor, 0 to 1.")
    private double artistDiscount;

    @Option(
            names = "--start",
            paramLabel = "INSTANT",
            defaultValue = "2026-01-01T00:00:00Z",
            description =
                    "Virtual time of the first session; the others are spread over the 24 hours after it, or over "
                            + "more, so that a listener has at most one an hour on average. With --days, the first day's beginning.")
    private Instant start;

    /** How many sessions, unless there are days instead. */
    long sessions() {
        return sessions;
    }

    /** When the first session begins, or the first day. */
    Instant start() {
        return start;
    }

    /** All sessions in virtual time. */
    RandomVisits inVirtualTime(long seed, int listeners) {
        return RandomVisits.hourlyAtMost(seed, listeners, sessions, start);
    }

    /** The rules of the sessions; those that are compared with the oracle are cut. */
    SessionRules rules(boolean oracle) {
        int cut = maxPlaybacks != null ? maxPlaybacks : oracle ? ORACLE_PLAYBACKS : 0;
        return new SessionRules(budget, artistDiscount, SessionRules.REFERENCE.interestNeighbours(), cut);
    }

    /** The problem with the values; null if there is none. */
    @Nullable
    String problem() {
        if (sessions < 1 || sessions > MOST_SESSIONS) {
            return "--sessions must be 1 to " + MOST_SESSIONS;
        }
        if (start.isBefore(Instant.EPOCH) || start.isAfter(LATEST_START)) {
            return "--start must be in the years 1970 to 2999";
        }
        if (budget < 1) {
            return "--budget must be 1 or more";
        }
        if (!(artistDiscount >= 0 && artistDiscount <= 1)) {
            return "--artist-discount must be 0 to 1";
        }
        return maxPlaybacks != null && maxPlaybacks < 2 ? "--max-playbacks must be 2 or more" : null;
    }
}

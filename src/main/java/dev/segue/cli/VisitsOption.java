package dev.segue.cli;

import dev.segue.simulation.RandomVisits;
import dev.segue.simulation.SessionRules;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the number, start and rules of simulated sessions. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class VisitsOption {

    /** The default cut with an oracle; without a cut, listeners who almost never leave dominate the figures. */
    static final int ORACLE_PLAYBACKS = 50;

    private static final long MAX_SESSIONS = 1_000_000_000_000L;

    private static final Instant LATEST_START = Instant.parse("2999-12-31T23:59:59Z");

    @Option(names = "--sessions", paramLabel = "N", defaultValue = "20000", description = "Number of sessions.")
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
            description = "Number of disappointments after which a listener ends the session.")
    private int budget;

    @Option(
            names = "--artist-discount",
            paramLabel = "X",
            defaultValue = "0.8",
            description =
                    "Factor by which each earlier playback of an artist in the session shortens the next, 0 to 1.")
    private double artistDiscount;

    @Option(
            names = "--start",
            paramLabel = "INSTANT",
            defaultValue = "2026-01-01T00:00:00Z",
            description =
                    "Virtual time of the first session. The others are spread over the 24 hours after it, or over a longer "
                            + "time so that a listener has at most one per hour on average. With --days: start of the first day.")
    private Instant start;

    /** The number of sessions without {@code --days}. */
    long sessions() {
        return sessions;
    }

    /** The start of the first session, or of the first day. */
    Instant start() {
        return start;
    }

    /** The visits of a simulation in virtual time. */
    RandomVisits inVirtualTime(long seed, int listeners) {
        return RandomVisits.hourlyAtMost(seed, listeners, sessions, start);
    }

    /** The rules of the sessions, with the default cut for an oracle. */
    SessionRules rules(boolean oracle) {
        int cut = maxPlaybacks != null ? maxPlaybacks : oracle ? ORACLE_PLAYBACKS : 0;
        return new SessionRules(budget, artistDiscount, SessionRules.REFERENCE.interestNeighbours(), cut);
    }

    /** The problem with the values; null if there is none. */
    @Nullable
    String problem() {
        if (sessions < 1 || sessions > MAX_SESSIONS) {
            return "--sessions must be 1 to " + MAX_SESSIONS;
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

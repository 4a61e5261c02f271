package dev.segue.health;

import dev.segue.catalog.Catalog;
import dev.segue.config.Configuration;
import dev.segue.event.Session;
import dev.segue.event.SessionReader;
import dev.segue.offpolicy.SessionLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Counts of a log, without estimates, read in one pass.
 *
 * @param sessions how many sessions there are
 * @param listeners how many listeners
 * @param repeats how often tracks come twice
 * @param coverage how much of the catalog it has
 * @param neighbours where neighbours are missing, for each neighbour catalog of the configuration
 * @param drift how popularity changes
 * @param newest the newest sessions, for estimates
 */
public record LogFacts(
        long sessions,
        long listeners,
        Repeats repeats,
        Coverage coverage,
        List<NeighbourGaps> neighbours,
        PopularityDrift drift,
        SessionLog newest) {

    /** A log of which the catalog knows fewer plays belongs to another catalog. */
    private static final double LEAST_KNOWN = 0.5;

    public LogFacts {
        neighbours = List.copyOf(neighbours);
    }

    /**
     * Reads a log.
     *
     * @param configuration the neighbour catalogs' names
     * @param catalog what the configuration serves from
     * @param newest how many of the newest sessions are kept for estimates, at least 1
     * @param seed of the random splits that drift is compared with
     * @throws HealthException if the log has no play, or the catalog does not know most of its plays
     * @throws dev.segue.event.EventLogException if a line is no event
     */
    public static LogFacts read(
            SessionReader reader, Configuration configuration, Catalog catalog, int newest, long seed) {
        var repeats = new Repeats.Tally();
        var coverage = new Coverage.Tally(catalog.tracks());
        List<NeighbourGaps.Tally> gaps = gaps(configuration, catalog);
        var drift = new PopularityDrift.Tally();
        SessionLog kept = SessionLog.empty(catalog.tracks()::contains, newest);
        Set<Long> listeners = new HashSet<>();
        long sessions = 0;
        for (Session session = reader.next(); session != null; session = reader.next()) {
            List<Step> steps = Step.of(session);
            sessions++;
            listeners.add(session.listener().key());
            repeats.add(steps);
            coverage.add(steps);
            gaps.forEach(tally -> tally.add(steps));
            drift.add(session.first().timestamp(), steps);
            kept.add(session);
        }
        Coverage covered = coverage.coverage();
        requireKnown(covered, configuration);
        return new LogFacts(
                sessions,
                listeners.size(),
                repeats.repeats(),
                covered,
                gaps.stream().map(NeighbourGaps.Tally::gaps).toList(),
                drift.drift(seed),
                kept);
    }

    private static List<NeighbourGaps.Tally> gaps(Configuration configuration, Catalog catalog) {
        List<NeighbourGaps.Tally> gaps = new ArrayList<>();
        gaps.add(new NeighbourGaps.Tally(name(configuration.tracksCatalog()), catalog.tracks(), catalog.neighbours()));
        configuration
                .tracksCatalogNn()
                .ifPresent(file ->
                        gaps.add(new NeighbourGaps.Tally(name(file), catalog.tracks(), catalog.treatmentNeighbours())));
        return gaps;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static void requireKnown(Coverage coverage, Configuration configuration) {
        if (coverage.plays() == 0) {
            throw new HealthException("the log has no plays; name a log of segue serve, segue simulate or Botify");
        }
        if (coverage.unknownShare() > 1 - LEAST_KNOWN) {
            throw new HealthException(Format.text(
                    "%s of the log's plays are of tracks that %s does not have, such as %d: it belongs to another catalog; name the"
                            + " --config whose TRACKS_CATALOG the log was served from",
                    Format.share(coverage.unknownShare()),
                    configuration.tracksCatalog(),
                    coverage.unknownTrack().orElse(Step.NONE)));
        }
    }
}

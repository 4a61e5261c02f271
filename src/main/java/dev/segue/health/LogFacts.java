package dev.segue.health;

import dev.segue.catalog.Catalog;
import dev.segue.config.Configuration;
import dev.segue.event.Session;
import dev.segue.event.SessionReader;
import dev.segue.id.TrackIds;
import dev.segue.offpolicy.SessionLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Counts of a log, read in one pass.
 *
 * @param sessions number of sessions
 * @param listeners number of listeners
 * @param repeats repeated plays and recommendations
 * @param coverage the catalog's tracks in the log
 * @param neighbours missing neighbours, for each neighbour catalog of the configuration
 * @param drift the change of the tracks' popularity
 * @param newest the newest sessions, for the estimates of lifts
 */
public record LogFacts(
        long sessions,
        long listeners,
        Repeats repeats,
        Coverage coverage,
        List<NeighbourGaps> neighbours,
        PopularityDrift drift,
        SessionLog newest) {

    /** A log belongs to another catalog if a smaller share of its plays is of the catalog's tracks. */
    private static final double MIN_KNOWN = 0.5;

    public LogFacts {
        neighbours = List.copyOf(neighbours);
    }

    /**
     * Reads a log.
     *
     * @param configuration the configuration, which names the neighbour catalogs
     * @param catalog the catalog of the configuration
     * @param newest number of the newest sessions that are kept for estimates, at least 1
     * @param seed the seed of the random splits that drift is compared with
     * @throws HealthException if the log has no plays, or most of its plays are of tracks that are not in the catalog
     * @throws dev.segue.event.EventLogException if a line is not an event
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
        Coverage ofCatalog = coverage.coverage();
        requireSameCatalog(ofCatalog, configuration);
        return new LogFacts(
                sessions,
                listeners.size(),
                repeats.repeats(),
                ofCatalog,
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

    private static void requireSameCatalog(Coverage coverage, Configuration configuration) {
        if (coverage.plays() == 0) {
            throw new HealthException("the log has no plays; name a log of segue serve, segue simulate or Botify");
        }
        if (coverage.unknownShare() > 1 - MIN_KNOWN) {
            throw new HealthException(Format.text(
                    "%s of the log's plays are of tracks that %s does not have, such as %s: the log belongs to another catalog; name the"
                            + " --config whose TRACKS_CATALOG the log was served from",
                    Format.share(coverage.unknownShare()),
                    configuration.tracksCatalog(),
                    TrackIds.text(coverage.unknownTrack().orElse(Step.NONE))));
        }
    }
}

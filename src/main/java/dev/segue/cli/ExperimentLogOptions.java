package dev.segue.cli;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.catalog.Tracks;
import dev.segue.event.EventLogs;
import dev.segue.event.SessionRule;
import dev.segue.report.reading.ExperimentData;
import dev.segue.report.reading.LogFacts;
import dev.segue.report.reading.ReadingOptions;
import dev.segue.report.reading.TrackFacts;
import dev.segue.report.reading.WholeLog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that read an experiment from logs. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExperimentLogOptions {

    @Mixin
    private LogOption log;

    @Option(
            names = "--experiment",
            paramLabel = "NAME",
            description = "Name of the experiment, if the log has several.")
    private @Nullable String experiment;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = InstantOrDate.Reader.class,
            description =
                    "Start of the experiment, such as 2026-01-08 or 2026-01-08T12:00:00Z. Earlier sessions are the "
                            + "covariate that adjusts the effects (CUPED). Default: sessions without an arm are the earlier ones.")
    private @Nullable InstantOrDate from;

    @Option(
            names = "--window-hours",
            paramLabel = "H",
            defaultValue = "24",
            description = "For effects over days: hours for which each listener is observed after its arrival.")
    private int windowHours;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "Time zone of the days and of a date in --from, such as Europe/Berlin.")
    private ZoneId zone;

    @Option(
            names = "--catalog",
            paramLabel = "FILE",
            description = "The tracks with their artists, JSON lines: adds distinct_artists_per_session and coverage.")
    private @Nullable Path catalog;

    @Mixin
    private SessionTimeoutOption sessionTimeout;

    @Option(
            names = "--unfinished",
            defaultValue = "COUNT",
            description =
                    "Treatment of sessions without a \"last\": COUNT those that ended by the listener's next session or by"
                            + " silence, or DROP all of them, and listeners without other sessions, as the original table does.")
    private Unfinished unfinished;

    /** The treatment of sessions without {@code last}. */
    enum Unfinished {
        COUNT,
        DROP
    }

    /** The options for reading the logs. */
    ReadingOptions reading() {
        TrackFacts facts = TrackFacts.NONE;
        if (catalog != null) {
            Tracks tracks = Catalog.load(CatalogFiles.of(catalog)).tracks();
            facts = new TrackFacts(tracks.size(), tracks::idAt, tracks::artistRow);
        }
        return new ReadingOptions(
                from == null ? null : from.instantIn().apply(zone).toEpochMilli(),
                Duration.ofHours(windowHours),
                zone,
                facts,
                true,
                unfinished == Unfinished.DROP ? new SessionRule(sessionTimeout.millis(), true) : sessionTimeout.rule());
    }

    /** Reads the logs, and prints the counts of what was read and left out. */
    ExperimentData read(ReadingOptions options, PrintWriter err) {
        EventLogs logs = log.find();
        ExperimentData data;
        try (var progress = log.progress("read", logs)) {
            data = new WholeLog(options, progress).experiment(logs, experiment);
        }
        print(data.log(), err);
        return data;
    }

    private void print(LogFacts facts, PrintWriter err) {
        err.printf(
                Locale.ROOT,
                "%,d events, %,d sessions, %,d of them without \"last\"; left out: %,d %s sessions, %,d stray events,"
                        + " %,d repeated events, %,d torn lines, %,d listeners in two arms, %,d forced ones; %,d tracks"
                        + " that were not the recommended ones, %,d events back in time%n",
                facts.events(),
                facts.sessions(),
                facts.left(),
                facts.open(),
                unfinished == Unfinished.DROP ? "unfinished" : "open",
                facts.stray(),
                facts.repeated(),
                facts.tornLines(),
                facts.switched(),
                facts.forced(),
                facts.unexpected(),
                facts.backwards());
        err.flush();
        log.print(facts.read());
    }
}

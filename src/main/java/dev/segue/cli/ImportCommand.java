package dev.segue.cli;

import dev.segue.importing.DurationUnit;
import dev.segue.importing.Import;
import dev.segue.importing.ImportOptions;
import dev.segue.importing.ImportResult;
import dev.segue.importing.Role;
import dev.segue.importing.TimestampMark;
import dev.segue.importing.TimestampUnit;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue import}: turns listening history of other services into a folder that Segue serves. */
@Command(
        name = "import",
        description =
                "Turn listening history of other services into a folder with tracks, an event log and a configuration.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Formats, recognised by content: CSV, TSV, Parquet, JSON lines and JSON",
            "arrays of any columns; Spotify's streaming history; ListenBrainz's export",
            "and API; Last.fm exports; Rockbox logs; session files of session-rec.",
            "",
            "  segue import plays.csv --out music",
            "  segue import my_spotify_data.zip --default-listener anna --out music",
            "  segue serve --config music/config.json"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ImportCommand implements Callable<Integer> {

    private static final Pattern SPAN = Pattern.compile("(\\d{1,6})(s|m|h|d)");
    private static final long MEGABYTE = 1_000_000;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Files, zip archives, folders or globs; - for standard input. Plain, or compressed by gzip or zstd.")
    private List<String> files;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder to write.")
    private Path out;

    @Option(names = "--force", description = "Replace the files of an earlier import in --out.")
    private boolean force;

    @Mixin
    private ImportColumns columns;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "NAME",
            description = "Names of the columns of tables without a header line, separated by commas.")
    private List<String> header = List.of();

    @Option(
            names = "--default-listener",
            paramLabel = "ID",
            description = "The listener of files without a column for it; \"me\" for the exports of one person.")
    private @Nullable String defaultListener;

    @Option(
            names = "--session-gap",
            paramLabel = "SPAN",
            defaultValue = "30m",
            description = "A longer silence separates sessions, such as 90s, 30m or 2h; default: ${DEFAULT-VALUE}.")
    private String sessionGap;

    @Option(
            names = "--duration-unit",
            paramLabel = "UNIT",
            description = "MILLISECONDS or SECONDS of --played and --duration; by default from their names and values.")
    private @Nullable DurationUnit durationUnit;

    @Option(
            names = "--timestamp-unit",
            paramLabel = "UNIT",
            description = "${COMPLETION-CANDIDATES} since 1970 in numeric timestamps; by default from each value.")
    private @Nullable TimestampUnit timestampUnit;

    @Option(
            names = "--timestamp-marks",
            paramLabel = "PART",
            description =
                    "START or END of the playback; by default END in Spotify's files and columns named end…, else START.")
    private @Nullable TimestampMark timestampMarks;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description =
                    "Time zone of timestamps in text without one, such as Europe/Paris; default: ${DEFAULT-VALUE}.")
    private String zone;

    @Option(
            names = "--skipped-share",
            paramLabel = "SHARE",
            defaultValue = "" + ImportOptions.SKIPPED_SHARE,
            description = "Played share of skipped tracks of which only the skip is known; default: ${DEFAULT-VALUE}.")
    private double skippedShare;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter output = spec.commandLine().getOut();
        var imported = new Import(files, options(), out, force, output::println);
        try (var progress = new Progress("read", imported.bytes(), " MB", MEGABYTE)) {
            imported.read(progress);
        }
        if (imported.rows() == 0) {
            ImportTable.print(imported.counts(), output);
        }
        ImportResult result;
        try (var progress = new Progress("write", imported.rows(), " rows")) {
            result = imported.write(progress);
        }
        ImportTable.print(imported.counts(), output);
        ImportTable.print(result, out, output);
        return 0;
    }

    private ImportOptions options() {
        if (!(skippedShare >= 0 && skippedShare <= 1)) {
            throw Options.error(spec, "--skipped-share is from 0 to 1, not " + skippedShare);
        }
        return new ImportOptions(
                columns.byRole(),
                header,
                defaultListener(),
                gap(),
                durationUnit,
                timestampUnit,
                zone(),
                timestampMarks,
                skippedShare);
    }

    private @Nullable String defaultListener() {
        if (defaultListener != null && (defaultListener.isBlank() || defaultListener.length() > 128)) {
            throw Options.error(spec, "--default-listener has 1 to 128 characters");
        }
        if (defaultListener != null && columns.byRole().containsKey(Role.LISTENER)) {
            throw Options.error(
                    spec,
                    "--default-listener is for files without a column for the listener;"
                            + " leave it or --listener out");
        }
        return defaultListener;
    }

    private Duration gap() {
        Matcher span = SPAN.matcher(sessionGap);
        if (!span.matches() || Integer.parseInt(span.group(1)) == 0) {
            throw Options.error(spec, "--session-gap is a span such as 90s, 30m or 2h, not " + sessionGap);
        }
        long number = Long.parseLong(span.group(1));
        return switch (span.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private ZoneId zone() {
        try {
            return ZoneId.of(zone).normalized();
        } catch (DateTimeException e) {
            throw Options.error(spec, "--zone is a time zone such as UTC, +02:00 or Europe/Paris, not " + zone);
        }
    }
}

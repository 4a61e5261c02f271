package dev.segue.cli;

import dev.segue.importing.ImportResult;
import dev.segue.importing.Reason;
import dev.segue.importing.Reason.Effect;
import dev.segue.importing.RowCounts;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

/** Prints the table of an import: rows by reason, each with an example. */
final class ImportTable {

    private ImportTable() {}

    static void print(RowCounts counts, PrintWriter out) {
        line(out, "rows read", counts.read());
        line(out, "rows taken", counts.taken());
        line(out, "rows left out", counts.of(Effect.LEFT_OUT));
        reasons(counts, Effect.LEFT_OUT, out);
        if (counts.of(Effect.CHANGED) > 0) {
            out.println("taken with a change");
            reasons(counts, Effect.CHANGED, out);
        }
        if (counts.of(Effect.SHARE) + counts.of(Effect.ESTIMATED_SHARE) > 0) {
            line(out, "shares known", counts.of(Effect.SHARE));
            reasons(counts, Effect.SHARE, out);
            line(out, "shares estimated", counts.of(Effect.ESTIMATED_SHARE));
            reasons(counts, Effect.ESTIMATED_SHARE, out);
        }
    }

    private static void line(PrintWriter out, String label, long rows) {
        out.printf(Locale.ROOT, "%-20s %,14d%n", label, rows);
    }

    private static void reasons(RowCounts counts, Effect effect, PrintWriter out) {
        counts.reasons(effect).forEach(reason -> {
            out.printf(Locale.ROOT, "  %,12d  %s%n", counts.of(reason), sentence(reason));
            if (effect != Effect.SHARE) {
                out.println("                such as " + counts.example(reason));
            }
        });
    }

    private static String sentence(Reason reason) {
        return reason.remedy().isEmpty() ? reason.text() : reason.text() + "; " + reason.remedy();
    }

    static void print(ImportResult result, Path folder, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "listeners: %,d, tracks: %,d, sessions: %,d, from %s to %s, in %s%n",
                result.listeners(),
                result.tracks(),
                result.sessions(),
                date(result.begin()),
                date(result.end()),
                folder);
        Path config = folder.resolve("config.json");
        out.println("next: segue learn --config " + config + ", then segue serve --config " + config);
    }

    private static String date(long millis) {
        return Instant.ofEpochMilli(millis)
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
    }
}

package dev.segue.cli;

import dev.segue.event.EventEraser;
import dev.segue.event.EventEraser.Erasure;
import dev.segue.id.ListenerId;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code segue forget}: erases a listener from event logs. */
@Command(
        name = "forget",
        description = "Erase a listener's events from logs and their rotations, and print a receipt.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Each file is replaced at once by one without the events; other lines keep their bytes. The log of a running server is",
            "refused: send DELETE /admin/listeners/ID to the server, which also erases its memory and the listener's feedback."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ForgetCommand implements Callable<Integer> {

    @Option(names = "--user", required = true, paramLabel = "ID", description = "The listener.")
    private String user;

    @Mixin
    private LogOption log;

    @Mixin
    private TextOrJsonOption format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ListenerId listener = listener();
        List<Erasure> files = new EventEraser(listener).eraseFrom(log.find());
        PrintWriter out = spec.commandLine().getOut();
        if (format.value() == OutputFormat.JSON) {
            TableWriter.printJson(receipt(listener, files), out);
        } else {
            print(listener, files, out);
        }
        printUnreadable(files, spec.commandLine().getErr());
        return 0;
    }

    private ListenerId listener() {
        try {
            return ListenerId.parse(user);
        } catch (IllegalArgumentException notAnId) {
            throw Options.error(spec, "--user: " + notAnId.getMessage());
        }
    }

    private static Map<String, @Nullable Object> receipt(ListenerId listener, List<Erasure> files) {
        var receipt = new LinkedHashMap<String, @Nullable Object>();
        receipt.put("user", listener.json());
        receipt.put("erased_at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        receipt.put("events_erased", erased(files));
        receipt.put("files", files.stream().map(ForgetCommand::describe).toList());
        return receipt;
    }

    private static Map<String, Object> describe(Erasure file) {
        var description = new LinkedHashMap<String, Object>();
        description.put("file", file.file().toAbsolutePath().normalize().toString());
        description.put("events_erased", file.erased());
        description.put("events_kept", file.kept());
        description.put("unreadable_lines", file.unreadable());
        return description;
    }

    private static void print(ListenerId listener, List<Erasure> files, PrintWriter out) {
        for (Erasure file : files) {
            out.printf(Locale.ROOT, "%s: %,d events erased, %,d kept%n", file.file(), file.erased(), file.kept());
        }
        out.printf(
                Locale.ROOT,
                "%,d events of listener %s erased from %,d of %,d files%n",
                erased(files),
                listener,
                files.stream().filter(file -> file.erased() > 0).count(),
                files.size());
    }

    private static long erased(List<Erasure> files) {
        return files.stream().mapToLong(Erasure::erased).sum();
    }

    private static void printUnreadable(List<Erasure> files, PrintWriter err) {
        for (Erasure file : files) {
            if (file.unreadable() > 0) {
                err.printf(
                        Locale.ROOT,
                        "kept %,d lines that are not events and may name the listener; correct or remove them: %s%n",
                        file.unreadable(),
                        file.firstUnreadable());
            }
        }
    }
}

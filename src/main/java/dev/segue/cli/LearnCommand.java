package dev.segue.cli;

import dev.segue.config.Configuration;
import dev.segue.event.EventReader;
import dev.segue.file.JointReplacement;
import dev.segue.learn.FormerFiles;
import dev.segue.learn.LearnedStage;
import dev.segue.learn.Learning;
import dev.segue.learn.LearningLock;
import dev.segue.learn.ServerReload;
import dev.segue.training.TrainingException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code segue learn}: learns everything that a configuration serves from its log. */
@Command(
        name = "learn",
        description = "Learn the models, neighbours and lists of a configuration from its log, and put them in place.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Stages, as far as the configuration names their files: top tracks; contextual and new (model, neighbours, listener",
            "lists); session models. Files are prepared beside their targets and moved when all stages are complete; a model that",
            "is replaced is kept with the suffix .previous. Ctrl-C stops at the next checkpoint, and the same command continues.",
            "",
            "A model is refused if it is not better than always predicting the mean, or significantly worse than the present one",
            "on held-out sessions. Catalogs are refused for the same faults as by POST /admin/reload. The exit code is then 1, and",
            "the present files stay. If the server of --reload refuses the new files, the former ones are put back.",
            "",
            "  segue learn --config music/config.json --reload http://127.0.0.1:5000"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LearnCommand implements Callable<Integer> {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "config.json",
            description = "The configuration; default: ${DEFAULT-VALUE}.")
    private Path config;

    @Option(
            names = "--set",
            hidden = true,
            description = "A setting that the server which begins this command was given.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Mixin
    private ConfiguredLogOption log;

    @Mixin
    private SessionTimeoutOption sessionTimeout;

    @Option(
            names = "--reload",
            paramLabel = "URL",
            description =
                    "A running server, which reloads the files at the end. The token is that of the configuration or of"
                            + " SEGUE_ADMIN_TOKEN.")
    private @Nullable URI server;

    @Option(
            names = "--into",
            paramLabel = "ARM",
            description =
                    "Learn only what this arm of the serving experiment alone uses, such as T1. The other arms keep their files, so that"
                            + " the report compares the new files with the present ones.")
    private @Nullable String into;

    @Option(names = "--force", description = "Put the files in place even if they are refused.")
    private boolean isForced;

    @Option(
            names = "--prepare",
            hidden = true,
            description =
                    "Leave the files beside their targets; the server that begins this command puts them in place.")
    private boolean isOnlyPrepared;

    @Option(names = "--restart", description = "Discard what interrupted or refused runs have prepared.")
    private boolean restart;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Seed of held-out sessions and initial weights. Keep it, so that models can be compared; default:"
                            + " ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private ColdTrackOptions content;

    @Mixin
    private TextOrJsonOption format;

    @Spec
    private CommandSpec spec;

    @Override
    @SuppressWarnings("try") // the lock is only held
    public Integer call() {
        OutputFormat printed = format.value();
        Configuration configuration = Configuration.load(config, System.getenv(), settings);
        log.useDefault(configuration);
        if (log.names().isEmpty()) {
            throw new TrainingException("there is no log: " + configuration.dataLogFile()
                    + " does not exist, and no recommender has past sessions; name a log with --log");
        }
        Optional<List<LearnedStage>> stages;
        try (var held = LearningLock.in(configuration.stateFolder());
                var interruption = new Interruption();
                var progress = new LearnProgress(spec.commandLine().getErr())) {
            JointReplacement.complete(configuration.stateFolder());
            var learning = new Learning(
                    configuration,
                    logs(),
                    sessionTimeout.rule(),
                    Optional.ofNullable(into),
                    seed,
                    isForced,
                    content.settings(),
                    progress);
            if (restart) {
                learning.restart();
            }
            stages = learning.run(interruption);
            if (stages.isPresent()) {
                publish(learning, stages.get(), configuration.admin().token(), printed);
            }
        }
        if (stages.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "ended early, and nothing is put in place; the same command continues from the last checkpoint");
            return 1;
        }
        return stages.get().stream().allMatch(stage -> stage.refusal() == null) ? 0 : 1;
    }

    private Learning.Log logs() {
        return new Learning.Log() {
            @Override
            public <R> R read(String task, BiFunction<EventReader, LongConsumer, R> reading) {
                return log.read(task, (events, progress) -> reading.apply(events, progress));
            }
        };
    }

    private void print(List<LearnedStage> stages, OutputFormat printed) {
        PrintWriter out = spec.commandLine().getOut();
        if (printed == OutputFormat.JSON) {
            TableWriter.printJson(stages.stream().map(LearnTable::row).toList(), out);
        } else {
            LearnTable.print(stages, out);
        }
        out.flush();
    }

    private void publish(Learning learning, List<LearnedStage> stages, Optional<String> token, OutputFormat printed) {
        boolean isAnyAccepted = stages.stream().anyMatch(stage -> stage.refusal() == null);
        if (isOnlyPrepared || !isAnyAccepted) {
            print(stages, printed);
        } else if (server == null) {
            learning.publish(stages);
            print(stages, printed);
        } else {
            FormerFiles former = learning.keepFormer(stages);
            learning.publish(stages);
            print(stages, printed);
            reload(server, token, former);
        }
    }

    private void reload(URI running, Optional<String> token, FormerFiles former) {
        try {
            String generation = ServerReload.of(running, token, isForced);
            spec.commandLine().getErr().printf(Locale.ROOT, "%s serves generation %s%n", running, generation);
        } catch (ServerReload.RefusedException refused) {
            former.putBack();
            throw new TrainingException(
                    refused.getMessage()
                            + "; the former files are in place again, and the same command with --force serves the new ones",
                    refused);
        } finally {
            former.discard();
        }
    }
}

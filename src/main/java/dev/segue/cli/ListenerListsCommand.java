package dev.segue.cli;

import dev.segue.catalog.TrackCatalogWriter;
import dev.segue.training.ListenerLists;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code segue listener-lists}: computes listeners' lists of tracks from a model. */
@Command(
        name = "listener-lists",
        description =
                "Compute a list of tracks for each listener from a model of segue train --model new, and write the lists that "
                        + "segue serve loads as RECOMMENDATIONS_FILE_PATH.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        footer = {
            "",
            "A list has the k tracks t with the largest (w⊙U[u])·T[t] for listener u, with w the weights of the linear layer;",
            "ties by id. Tracks without playbacks in the training data are in no list."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ListenerListsCommand implements Callable<Integer> {

    @Mixin
    private ModelOption model;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The lists as JSON lines, gzipped if the name ends with .gz.")
    private Path out;

    @Option(names = "--k", paramLabel = "N", defaultValue = "50", description = "Tracks in a list.")
    private int k;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var lists = new ListenerLists(model.load(spec.commandLine().getErr()), k);
        TrackCatalogWriter.writeListenerLists(out, lists.listeners().stream(), lists::of);
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "lists of %,d listeners%n",
                        lists.listeners().size());
        return 0;
    }
}

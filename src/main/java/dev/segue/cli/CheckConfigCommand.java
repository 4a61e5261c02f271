package dev.segue.cli;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogCounts;
import dev.segue.config.Configuration;
import dev.segue.file.FileException;
import dev.segue.http.StartException;
import dev.segue.http.TlsCheck;
import dev.segue.service.NeighbourContexts;
import dev.segue.service.ServingPlan;
import dev.segue.state.FeedbackStore;
import dev.segue.state.StateException;
import dev.segue.state.WithdrawnTracks;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code segue check-config}: prints all mistakes of a configuration and of the files that it names. */
@Command(
        name = "check-config",
        description =
                "Print all mistakes of a configuration and of the files that it names, without starting a server.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Catalogs, models, certificates, feedback and withdrawn tracks are loaded as segue serve loads them. The exit code is 1",
            "if there are mistakes. The event log and the port are not checked, since a running server may use them."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CheckConfigCommand implements Callable<Integer> {

    @Mixin
    private ConfigurationOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<String> mistakes =
                new ArrayList<>(Configuration.mistakes(options.file(), System.getenv(), options.flags()));
        if (mistakes.isEmpty()) {
            checkFiles(Configuration.load(options.file(), System.getenv(), options.flags()), mistakes);
        }
        PrintWriter err = spec.commandLine().getErr();
        mistakes.forEach(err::println);
        if (!mistakes.isEmpty()) {
            err.println(mistakes.size() == 1 ? "1 mistake" : mistakes.size() + " mistakes");
        }
        return mistakes.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void checkFiles(Configuration configuration, List<String> mistakes) {
        attempt(() -> FeedbackStore.open(configuration.stateFolder()).close(), mistakes);
        attempt(() -> WithdrawnTracks.open(configuration.stateFolder()).close(), mistakes);
        attempt(() -> warn(TlsCheck.warnings(configuration.tls())), mistakes);
        attempt(() -> checkCatalog(configuration, mistakes), mistakes);
    }

    private void warn(List<String> warnings) {
        warnings.forEach(warning -> spec.commandLine().getOut().println("warning: " + warning));
    }

    private void checkCatalog(Configuration configuration, List<String> mistakes) {
        Catalog catalog = Catalog.load(ServingPlan.catalogFiles(configuration));
        var plan = new ServingPlan(catalog);
        int before = mistakes.size();
        for (String recommender : configuration.recommenders().keySet()) {
            attempt(() -> plan.recommender(configuration, recommender), mistakes);
        }
        warn(catalog.warnings());
        warn(NeighbourContexts.warnings(configuration));
        if (mistakes.size() == before) {
            print(configuration, catalog.counts(), spec.commandLine().getOut());
        }
    }

    private static void attempt(Runnable loading, List<String> mistakes) {
        try {
            loading.run();
        } catch (FileException | StateException | StartException mistake) {
            mistakes.add(String.valueOf(mistake.getMessage()));
        }
    }

    private static void print(Configuration configuration, CatalogCounts counts, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%,d tracks, %,d of them with neighbours; %d recommenders; experiment %s serves%n",
                counts.tracks(),
                counts.neighbours().filled(),
                configuration.recommenders().size(),
                configuration.servingExperiment().name());
    }
}

package dev.segue.http;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.config.Configuration;
import dev.segue.event.EventLog;
import dev.segue.event.EventLogOptions;
import dev.segue.history.ListeningMemory;
import dev.segue.reload.GenerationFiles;
import dev.segue.service.Generation;
import dev.segue.service.NextTrackService;
import dev.segue.service.PlayRecorder;
import dev.segue.service.RecentPlays;
import dev.segue.service.RestoredMemory;
import dev.segue.service.ServedEvent;
import dev.segue.service.ServingPlan;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Loads the files of a server: the catalogs, on another thread from the construction on, and the log and the state beside them. */
final class Loading {

    private final Configuration configuration;
    private final GenerationFiles files;
    private final CompletableFuture<Generation> generation;

    Loading(Configuration configuration, Function<CatalogFiles, Catalog> loadCatalog) {
        this.configuration = configuration;
        files = new GenerationFiles(configuration, loadCatalog);
        generation = CompletableFuture.supplyAsync(files::load);
    }

    /**
     * Restores the listeners' histories from the event log, and waits for the catalogs.
     *
     * @throws dev.segue.file.FileException if a catalog is unusable
     * @throws dev.segue.event.EventLogException if the log is unusable
     * @throws dev.segue.state.StateException if the feedback or the withdrawn tracks are unreadable
     */
    Loaded finish(Function<EventLogOptions, EventLog> openLog, InstantSource clock) {
        var stores = ServerState.open(configuration.stateFolder(), clock);
        try {
            return finish(openLog.apply(ConfiguredLog.options(configuration)), stores, clock);
        } catch (RuntimeException failed) {
            stores.close();
            throw failed;
        }
    }

    private Loaded finish(EventLog log, ServerState stores, InstantSource clock) {
        try {
            return restore(log, stores, clock);
        } catch (CompletionException failed) {
            log.close();
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        } catch (RuntimeException failed) {
            log.close();
            throw failed;
        }
    }

    private Loaded restore(EventLog log, ServerState stores, InstantSource clock) {
        var plays = new RecentPlays();
        ListeningMemory<ServedEvent> memory = RestoredMemory.of(
                log.file(), ServingPlan.restoredSpan(configuration), ServingPlan.historyLimits(configuration), plays);
        var plausible = new PlausibleClock(clock);
        var service = new NextTrackService(
                generation.join(),
                memory,
                log,
                plausible,
                System::nanoTime,
                configuration.seed(),
                stores.restrictions());
        var recorder = new PlayRecorder(memory, plays, log, plausible, System::nanoTime);
        return new Loaded(service, recorder, log, memory, files, stores);
    }
}

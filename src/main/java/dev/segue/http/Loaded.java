package dev.segue.http;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.config.Configuration;
import dev.segue.event.EventLog;
import dev.segue.event.EventLogOptions;
import dev.segue.history.ListeningMemory;
import dev.segue.reload.GenerationFiles;
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

/**
 * What a server loads before it serves.
 *
 * @param service recommends tracks of the loaded catalogs
 * @param recorder records plays that clients report
 * @param log the event log, open
 * @param memory the listeners' histories, restored from the log
 * @param files the files of the generation in service
 * @param stores feedback, withdrawn tracks and learnings
 */
record Loaded(
        NextTrackService service,
        PlayRecorder recorder,
        EventLog log,
        ListeningMemory<ServedEvent> memory,
        GenerationFiles files,
        ServerState stores) {

    /**
     * Loads the catalogs and restores the listeners' histories from the event log side by side.
     *
     * @throws dev.segue.file.FileException if a catalog is unusable
     * @throws dev.segue.event.EventLogException if the log is unusable
     * @throws dev.segue.state.StateException if the feedback or the withdrawn tracks are unreadable
     */
    static Loaded load(
            Configuration configuration,
            Function<EventLogOptions, EventLog> openLog,
            Function<CatalogFiles, Catalog> loadCatalog,
            InstantSource clock) {
        var files = new GenerationFiles(configuration, loadCatalog);
        var loading = CompletableFuture.supplyAsync(files::load);
        var stores = ServerState.open(configuration.stateFolder(), clock);
        EventLog log = openLog.apply(ConfiguredLog.options(configuration));
        try {
            var plays = new RecentPlays();
            ListeningMemory<ServedEvent> memory = RestoredMemory.of(
                    log.file(),
                    ServingPlan.restoredSpan(configuration),
                    ServingPlan.historyLimits(configuration),
                    plays);
            var plausible = new PlausibleClock(clock);
            var service = new NextTrackService(
                    loading.join(),
                    memory,
                    log,
                    plausible,
                    System::nanoTime,
                    configuration.seed(),
                    stores.restrictions());
            var recorder = new PlayRecorder(memory, plays, log, plausible, System::nanoTime);
            return new Loaded(service, recorder, log, memory, files, stores);
        } catch (CompletionException failed) {
            log.close();
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        } catch (RuntimeException failed) {
            log.close();
            throw failed;
        }
    }
}

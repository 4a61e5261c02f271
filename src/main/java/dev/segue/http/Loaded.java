package dev.segue.http;

import dev.segue.event.EventLog;
import dev.segue.history.ListeningMemory;
import dev.segue.reload.GenerationFiles;
import dev.segue.service.NextTrackService;
import dev.segue.service.PlayRecorder;
import dev.segue.service.ServedEvent;

/**
 * The parts that a server has loaded before it serves.
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
        ServerState stores)
        implements AutoCloseable {

    /** Writes pending events to the log, and closes the files. */
    @Override
    public void close() {
        try {
            stores.close();
        } finally {
            log.close();
        }
    }
}

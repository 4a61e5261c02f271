package dev.segue.http;

import dev.segue.event.EventEraser.Erasure;
import dev.segue.event.EventLog;
import dev.segue.event.EventLogException;
import dev.segue.file.FileException;
import dev.segue.id.ListenerId;
import dev.segue.state.StateException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases a listener from memory, from the feedback and from the event log, and responds with a receipt. The live file of the log is
 * rotated first, so that no file is rewritten that receives events.
 */
final class ErasureEndpoint extends Endpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ErasureEndpoint.class);
    private static final Duration ROTATION_TIMEOUT = Duration.ofSeconds(10);

    private final transient ReportedPlays plays;
    private final transient ServerState stores;
    private final transient EventLog log;
    private final transient Runnable logRewritten;
    private final transient BackgroundExecutor background = new BackgroundExecutor("segue-erasure");

    /** @param logRewritten called after files of the log were rewritten */
    ErasureEndpoint(ReportedPlays plays, ServerState stores, EventLog log, Runnable logRewritten) {
        super("/admin/listeners/{id}");
        this.plays = plays;
        this.stores = stores;
        this.log = log;
        this.logRewritten = logRewritten;
        on("DELETE", background.later(this::erase));
    }

    private void erase(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ListenerId listener = RequestReader.listener(variable(request));
        var receipt = new LinkedHashMap<String, Object>();
        receipt.put("user", listener.json());
        receipt.put(
                "erased_at",
                stores.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString());
        try {
            receipt.put("feedback", stores.feedback().forget(listener.key()));
            receipt.put("history", plays.forget(listener));
            receipt.put("log", eraseFromLog(listener));
        } catch (StateException | EventLogException | FileException failed) {
            LOG.warn("a listener could not be erased", failed);
            throw Problem.of(503, failed.getMessage() + "; repeat the request when the cause is removed")
                    .asException();
        }
        LOG.info("a listener was erased: {}", receipt.get("log"));
        respondJson(response, receipt);
    }

    private Map<String, Object> eraseFromLog(ListenerId listener) {
        try {
            if (!log.rotate(ROTATION_TIMEOUT)) {
                throw Problem.logUnavailable(true).asException();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw Problem.stopping().asException();
        }
        List<Erasure> files = log.eraseFromRotations(listener);
        logRewritten.run();
        var counts = new LinkedHashMap<String, Object>();
        counts.put("files", files.size());
        counts.put(
                "files_rewritten",
                files.stream().filter(file -> file.erased() > 0).count());
        counts.put("events_erased", files.stream().mapToLong(Erasure::erased).sum());
        counts.put(
                "unreadable_lines",
                files.stream().mapToLong(Erasure::unreadable).sum());
        return counts;
    }

    @Override
    public void close() {
        background.close();
    }
}

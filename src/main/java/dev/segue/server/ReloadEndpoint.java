package dev.segue.server;

import dev.segue.catalog.CatalogException;
import dev.segue.heap.OutOfMemory;
import dev.segue.serving.Generation;
import dev.segue.serving.NextTrackService;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the catalogs by what their files hold now, for operators: one reload at a time, on a thread of its own, while
 * the old catalogs go on serving. They do so too if the files turn out to be bad.
 */
final class ReloadEndpoint extends Endpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadEndpoint.class);

    private final transient NextTrackService service;
    private final transient Supplier<Generation> load;
    private final transient ServerMetrics metrics;
    private final transient ExecutorService thread =
            Executors.newSingleThreadExecutor(task -> SegueServer.daemon(task, "segue-reload"));
    private final AtomicBoolean reloading = new AtomicBoolean();

    /**
     * @param load loads what is to be served; may take its time
     */
    ReloadEndpoint(NextTrackService service, Supplier<Generation> load, ServerMetrics metrics) {
        super("/reload");
        this.service = service;
        this.load = load;
        this.metrics = metrics;
        on("POST", this::begin);
    }

    private void begin(HttpServletRequest request, HttpServletResponse response) {
        if (!reloading.compareAndSet(false, true)) {
            throw Problem.of(409, "a reload is in progress; try again when it has ended")
                    .asException();
        }
        AsyncContext suspended = request.startAsync();
        suspended.setTimeout(0); // loading takes as long as it takes
        thread.execute(() -> {
            try {
                reload(request, (HttpServletResponse) suspended.getResponse());
            } catch (IOException gone) {
                LOG.debug("whoever asked for a reload has gone", gone);
            } finally {
                suspended.complete();
            }
        });
    }

    /** Answers in any case; the next reload may begin before the answer leaves. */
    private void reload(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Generation loaded;
        try {
            loaded = load.get();
            service.serve(loaded);
            metrics.reloaded(true);
        } catch (Throwable failed) {
            OutOfMemory.check(failed);
            metrics.reloaded(false);
            String consequence = "the old catalogs go on serving: " + reason(failed);
            LOG.warn(consequence, failed instanceof CatalogException ? null : failed);
            answer(request, response, Problem.of(500, consequence));
            return;
        } finally {
            reloading.set(false);
        }
        LOG.info("generation {} is served now", loaded.id());
        answerJson(response, describe(loaded));
    }

    private static String reason(Throwable failed) {
        return failed instanceof CatalogException bad
                ? String.valueOf(bad.getMessage())
                : "loading others failed; the server's log says why";
    }

    private static Map<String, Object> describe(Generation loaded) {
        var description = new LinkedHashMap<String, Object>();
        description.put("generation", loaded.id());
        description.put("tracks", loaded.catalog().tracks().size());
        description.put("warnings", loaded.catalog().warnings());
        return description;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

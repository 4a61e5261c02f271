package dev.segue.http;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogChange;
import dev.segue.catalog.CatalogCounts;
import dev.segue.file.FileException;
import dev.segue.platform.OutOfMemory;
import dev.segue.service.Generation;
import dev.segue.service.NextTrackService;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads the catalogs from their files on a background thread, one reload at a time, while the old catalogs serve. The old
 * catalogs continue to serve if the files are damaged or differ implausibly from them; see {@link CatalogChange}.
 */
final class ReloadEndpoint extends Endpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadEndpoint.class);

    private final transient NextTrackService service;
    private final transient Supplier<Generation> load;
    private final transient ServerMetrics metrics;
    private final transient ExecutorService thread =
            Executors.newSingleThreadExecutor(task -> DaemonThread.of(task, "segue-reload"));
    private final AtomicBoolean reloading = new AtomicBoolean();

    /**
     * @param load loads the next generation; may be slow
     */
    ReloadEndpoint(NextTrackService service, Supplier<Generation> load, ServerMetrics metrics) {
        super("/admin/reload");
        this.service = service;
        this.load = load;
        this.metrics = metrics;
        on("POST", this::begin);
    }

    /** The same under the path of version 0.1, which the next version drops. */
    Endpoint alias() {
        return new Alias(this);
    }

    private static final class Alias extends Endpoint {

        Alias(ReloadEndpoint successor) {
            super("/reload");
            on("POST", (request, response) -> {
                response.setHeader("Deprecation", "true");
                response.setHeader("Link", "<" + successor.path() + ">; rel=\"successor-version\"");
                successor.begin(request, response);
            });
        }
    }

    private void begin(HttpServletRequest request, HttpServletResponse response) {
        boolean isForced = isForced(request.getQueryString());
        if (!reloading.compareAndSet(false, true)) {
            throw Problem.of(409, "a reload is in progress; try again when it has ended")
                    .asException();
        }
        AsyncContext suspended = request.startAsync();
        suspended.setTimeout(0); // loading has no time limit
        thread.execute(() -> {
            try {
                reload(request, (HttpServletResponse) suspended.getResponse(), isForced);
            } catch (IOException gone) {
                LOG.debug("the client of a reload has closed its connection", gone);
            } finally {
                suspended.complete();
            }
        });
    }

    private static boolean isForced(@Nullable String query) {
        if (query == null || query.isEmpty() || query.equals("force=false")) {
            return false;
        }
        if (query.equals("force=true")) {
            return true;
        }
        throw Problem.badRequest("the only parameter of a reload is ?force=true")
                .asException();
    }

    /** Always responds; the next reload may begin before the response is sent. */
    private void reload(HttpServletRequest request, HttpServletResponse response, boolean isForced) throws IOException {
        Catalog before = service.generation().catalog();
        Generation loaded;
        List<String> faults;
        try {
            loaded = load.get();
            faults = CatalogChange.faults(before, loaded.catalog());
            if (isForced || faults.isEmpty()) {
                service.serve(loaded);
            }
        } catch (Throwable failed) {
            OutOfMemory.check(failed);
            metrics.reloaded(false);
            String consequence = "the old catalogs continue to serve: " + reason(failed);
            LOG.warn(consequence, failed instanceof FileException ? null : failed);
            respond(request, response, Problem.of(500, consequence));
            return;
        } finally {
            reloading.set(false);
        }
        if (isForced || faults.isEmpty()) {
            metrics.reloaded(true);
            LOG.info("generation {} is in service", loaded.id());
            respondJson(response, describe(before, loaded, faults));
        } else {
            metrics.reloadRefused();
            refuse(request, response, before, loaded.catalog(), faults);
        }
    }

    private static void refuse(
            HttpServletRequest request,
            HttpServletResponse response,
            Catalog before,
            Catalog loaded,
            List<String> faults)
            throws IOException {
        String detail = "the old catalogs continue to serve, because the new ones differ too much: "
                + String.join("; ", faults) + "; correct the files, or POST /admin/reload?force=true if this is meant";
        LOG.warn(detail);
        var problem = Problem.of(409, detail).with(Map.of("counts", counts(before, loaded)));
        respond(request, response, problem);
    }

    private static String reason(Throwable failed) {
        return failed instanceof FileException bad
                ? String.valueOf(bad.getMessage())
                : "loading the new ones failed; the server's log has the reason";
    }

    private static Map<String, Object> describe(Catalog before, Generation loaded, List<String> faults) {
        List<String> warnings = new ArrayList<>(loaded.catalog().warnings());
        warnings.addAll(faults);
        var description = new LinkedHashMap<String, Object>();
        description.put("generation", loaded.id());
        description.put("tracks", loaded.catalog().tracks().size());
        description.put("warnings", warnings);
        description.put("counts", counts(before, loaded.catalog()));
        return description;
    }

    private static Map<String, Object> counts(Catalog before, Catalog after) {
        var counts = new LinkedHashMap<String, Object>();
        counts.put("before", counts(before.counts()));
        counts.put("after", counts(after.counts()));
        return counts;
    }

    private static Map<String, Object> counts(CatalogCounts counts) {
        var description = new LinkedHashMap<String, Object>();
        description.put("tracks", counts.tracks());
        description.put("tracks_with_neighbours", counts.neighbours().filled());
        description.put("neighbours_unknown", counts.neighbours().unknown());
        description.put(
                "tracks_with_neighbours_nn", counts.treatmentNeighbours().filled());
        description.put("neighbours_unknown_nn", counts.treatmentNeighbours().unknown());
        description.put("top_tracks", counts.topTracks());
        description.put("listener_lists", counts.listenerLists().filled());
        return description;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

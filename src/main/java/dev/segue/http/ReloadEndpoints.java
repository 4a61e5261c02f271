package dev.segue.http;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogCounts;
import dev.segue.reload.Cause;
import dev.segue.reload.Generations;
import dev.segue.reload.InService;
import dev.segue.reload.NoRollbackException;
import dev.segue.reload.ReloadOutcome;
import dev.segue.reload.Reloader;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The endpoints that replace the generation in service, and list the generations. */
final class ReloadEndpoints {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadEndpoints.class);

    private final Reloader reloader;
    private final ServerMetrics metrics;

    ReloadEndpoints(Reloader reloader, ServerMetrics metrics) {
        this.reloader = reloader;
        this.metrics = metrics;
    }

    List<Endpoint> all() {
        return List.of(new Reload("/admin/reload"), new FormerReload(), new Rollback(), new ListOfGenerations());
    }

    /** Reloads the files; the response waits until the new generation serves or is refused. */
    private class Reload extends Endpoint {

        Reload(String path) {
            super(path);
            on("POST", this::begin);
        }

        void begin(HttpServletRequest request, HttpServletResponse response) {
            boolean isForced = isForced(request.getQueryString());
            AsyncContext suspended = request.startAsync();
            suspended.setTimeout(0); // loading has no time limit
            if (!reloader.begin(Cause.RELOAD, isForced, outcome -> respond(suspended, outcome))) {
                complete(suspended, (asked, refused) -> respond(asked, refused, inProgress()));
            }
        }

        private static Problem inProgress() {
            return Problem.of(409, "a reload is in progress; try again when it has ended");
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

        private static void respond(AsyncContext suspended, ReloadOutcome outcome) {
            try {
                complete(suspended, (request, response) -> respond(request, response, outcome));
            } catch (RuntimeException gone) {
                LOG.debug("the response of a reload could not be sent", gone);
            }
        }

        private static void respond(HttpServletRequest request, HttpServletResponse response, ReloadOutcome outcome)
                throws IOException {
            if (outcome instanceof ReloadOutcome.Done done) {
                respondJson(response, describe(done));
            } else if (outcome instanceof ReloadOutcome.Refused refused) {
                respond(
                        request,
                        response,
                        Problem.of(409, refused.message())
                                .with(Map.of("counts", counts(refused.before(), refused.refused()))));
            } else if (outcome instanceof ReloadOutcome.Failed failed) {
                respond(request, response, Problem.of(500, failed.message()));
            }
        }
    }

    /** The path of version 0.1, which the next version drops. */
    private final class FormerReload extends Reload {

        FormerReload() {
            super("/reload");
        }

        @Override
        void begin(HttpServletRequest request, HttpServletResponse response) {
            response.setHeader("Deprecation", "true");
            response.setHeader("Link", "</admin/reload>; rel=\"successor-version\"");
            super.begin(request, response);
        }
    }

    /** Returns to the previous generation. */
    private final class Rollback extends Endpoint {

        Rollback() {
            super("/admin/rollback");
            on("POST", this::rollBack);
        }

        private void rollBack(HttpServletRequest request, HttpServletResponse response) throws IOException {
            ReloadOutcome.Done done;
            try {
                done = reloader.rollBack();
            } catch (NoRollbackException refused) {
                throw Problem.of(409, String.valueOf(refused.getMessage())).asException();
            }
            metrics.rolledBack();
            respondJson(response, describe(done));
        }
    }

    /** Lists the generations of this process, the present one first. */
    private final class ListOfGenerations extends Endpoint {

        ListOfGenerations() {
            super("/admin/generations");
            onSafeGet((request, response) ->
                    respondJson(response, Map.of("generations", describe(reloader.generations()))));
        }
    }

    private static List<Map<String, Object>> describe(Generations generations) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (InService period : generations.periods()) {
            var description = new LinkedHashMap<String, Object>();
            description.put("generation", period.generation());
            description.put("cause", period.cause().json());
            description.put("loaded_at", period.loadedAt());
            description.put("in_service_since", period.since());
            description.put("serves", list.isEmpty());
            description.put("can_roll_back_to", list.size() == 1 && generations.hasPrevious());
            description.put("counts", counts(period.counts()));
            list.add(description);
        }
        return list;
    }

    private static Map<String, Object> describe(ReloadOutcome.Done done) {
        Catalog after = done.after().catalog();
        List<String> warnings = new ArrayList<>(after.warnings());
        warnings.addAll(done.faults());
        var description = new LinkedHashMap<String, Object>();
        description.put("generation", done.after().id());
        description.put("tracks", after.tracks().size());
        description.put("warnings", warnings);
        description.put("counts", counts(done.before(), after));
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
}

package dev.segue.http;

import dev.segue.catalog.Catalog;
import dev.segue.reload.Cause;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The endpoints that replace the generation in service, and list the generations. */
final class ReloadEndpoints {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadEndpoints.class);

    private final Reloader reloader;
    private final ServerMetrics metrics;
    private final GenerationList list;
    private final int maxBodyBytes;

    ReloadEndpoints(Reloader reloader, ServerMetrics metrics, GenerationList list, int maxBodyBytes) {
        this.reloader = reloader;
        this.metrics = metrics;
        this.list = list;
        this.maxBodyBytes = maxBodyBytes;
    }

    List<Endpoint> all() {
        return List.of(new Reload("/admin/reload"), new FormerReload(), new Rollback(), new ListOfGenerations());
    }

    /** Begins a change of the generation; false if another one is in progress. */
    @FunctionalInterface
    private interface Change {
        boolean begin(Consumer<ReloadOutcome> then);
    }

    /** An endpoint whose response waits until the new generation serves or is refused. */
    private abstract static class Changing extends Endpoint {

        Changing(String path) {
            super(path);
        }

        void suspend(HttpServletRequest request, Change change) {
            AsyncContext suspended = request.startAsync();
            suspended.setTimeout(0); // loading has no time limit
            if (!change.begin(outcome -> respond(suspended, outcome))) {
                complete(suspended, (asked, refused) -> respond(asked, refused, inProgress()));
            }
        }

        private static Problem inProgress() {
            return Problem.of(409, "a reload is in progress; try again when it has ended");
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
                                .with(Map.of(
                                        "counts",
                                        counts(
                                                refused.before(),
                                                refused.refused().catalog()))));
            } else if (outcome instanceof ReloadOutcome.Failed failed) {
                respond(request, response, Problem.of(500, failed.message()));
            } else if (outcome instanceof ReloadOutcome.NothingToReturnTo nothing) {
                respond(request, response, Problem.of(409, nothing.message()));
            }
        }
    }

    /** Reloads the files. */
    private class Reload extends Changing {

        Reload(String path) {
            super(path);
            on("POST", this::begin);
        }

        void begin(HttpServletRequest request, HttpServletResponse response) {
            boolean isForced = isForced(request.getQueryString());
            suspend(request, then -> reloader.begin(Cause.RELOAD, isForced, then));
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

    /** Returns to the previous generation, or to one whose files are kept. */
    private final class Rollback extends Changing {

        Rollback() {
            super("/admin/rollback");
            on("POST", this::begin);
        }

        private void begin(HttpServletRequest request, HttpServletResponse response) throws IOException {
            byte[] body = request.getHeader("Content-Type") == null
                    ? JsonBody.readOfAnyType(request, maxBodyBytes) // none, as a rule
                    : JsonBody.read(request, maxBodyBytes, "application/json");
            var target = RollbackTarget.read(body);
            suspend(
                    request,
                    then -> reloader.beginRollback(target.generation(), target.isForced(), outcome -> {
                        if (outcome instanceof ReloadOutcome.Done) {
                            metrics.rolledBack();
                        }
                        then.accept(outcome);
                    }));
        }
    }

    /** Lists the generations of this process, the present one first, and those whose files are kept. */
    private final class ListOfGenerations extends Endpoint {

        ListOfGenerations() {
            super("/admin/generations");
            onSafeGet((request, response) ->
                    respondJson(response, Map.of("generations", list.describe(), "kept", list.describeKept())));
        }
    }

    private static Map<String, Object> describe(ReloadOutcome.Done done) {
        Catalog after = done.after().catalog();
        List<String> warnings = new ArrayList<>(after.warnings());
        warnings.addAll(done.faults());
        var description = new LinkedHashMap<String, Object>();
        description.put("generation", done.after().id());
        description.put("tracks", after.tracks().size());
        description.put("in_place", done.isInPlace());
        description.put("warnings", warnings);
        description.put("counts", counts(done.before(), after));
        return description;
    }

    private static Map<String, Object> counts(Catalog before, Catalog after) {
        var counts = new LinkedHashMap<String, Object>();
        counts.put("before", GenerationList.counts(before.counts()));
        counts.put("after", GenerationList.counts(after.counts()));
        return counts;
    }
}

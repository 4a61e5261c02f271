package dev.segue.http;

import java.util.List;
import java.util.function.IntConsumer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that have no access, before a servlet gets them. Their bodies have been read by then, so that the connection stays
 * open after a refusal.
 */
final class AccessHandler extends Handler.Wrapper {

    /** A reason for refusing requests. Most requests pass it without an allocation. */
    @FunctionalInterface
    interface Check {
        /** The problem of a request; null if there is none. */
        @Nullable
        Problem problem(Request request);
    }

    private final List<Check> checks;
    private final IntConsumer refusals;

    /**
     * @param checks in the order in which they are made
     * @param refusals counts the statuses of refused requests
     */
    AccessHandler(List<Check> checks, IntConsumer refusals, Handler next) {
        super(next);
        this.checks = List.copyOf(checks);
        this.refusals = refusals;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        for (int i = 0; i < checks.size(); i++) {
            Problem problem = checks.get(i).problem(request);
            if (problem != null) {
                refusals.accept(problem.status());
                problem.write(request, response, callback);
                return true;
            }
        }
        return super.handle(request, response, callback);
    }
}

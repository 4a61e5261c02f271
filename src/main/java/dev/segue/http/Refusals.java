package dev.segue.http;

import org.eclipse.jetty.http.ComplianceUtils;
import org.eclipse.jetty.http.ComplianceViolation;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses requests that the parser accepts, but whose URI or headers are ambiguous or contradict each other.
 *
 * <p>Jetty 12.1.14 makes the same checks in {@code HttpChannelState.HandlerInvoker}, and a refusal there can end twice. Its
 * {@code ErrorCallback} waits in the connection's {@code SerializedInvoker} while the callback of the response before
 * runs. By then the request counts as completed and its response as sent, so the {@code HandlerInvoker} recycles the
 * channel. The callback that waited finds no request, and its exception fails the next request of the pipeline with a 500
 * (50 of 400 pipelines of a logged request, an ambiguous one and a third). A refusal that a handler writes ends once, with
 * the callback of its own request.
 */
final class Refusals extends Handler.Wrapper {

    private static final HttpURI UNAMBIGUOUS = HttpURI.from("/");

    Refusals(Handler next) {
        super(next);
    }

    /** Makes the checks before Jetty does, and marks the requests that fail them. Jetty then accepts a marked request. */
    static HttpConfiguration.Customizer checking(HttpConfiguration configuration) {
        return (request, responseHeaders) -> {
            try {
                check(request, configuration);
                return request;
            } catch (HttpException.RuntimeException refused) {
                return new Refused(request, refused);
            }
        };
    }

    private static void check(Request request, HttpConfiguration configuration) {
        HttpURI uri = request.getHttpURI();
        var listener = ComplianceViolation.Listener.NOOP;
        ComplianceUtils.verify(
                configuration.getUriCompliance(),
                uri,
                listener,
                detail -> new HttpException.RuntimeException(400, detail));
        ComplianceUtils.verify(uri, request.getHeaders(), configuration.getHttpCompliance(), listener);
        String path = Request.getPathInContext(request);
        if (path != null && !path.startsWith("/") && !request.getMethod().equals("OPTIONS")) {
            throw new HttpException.RuntimeException(400, "Bad URI path");
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var refused = Request.as(request, Refused.class);
        if (refused == null) {
            return super.handle(request, response, callback);
        }
        Response.writeError(refused.getWrapped(), response, callback, refused.reason);
        return true;
    }

    private static final class Refused extends Request.Wrapper {
        private final HttpException.RuntimeException reason;

        Refused(Request request, HttpException.RuntimeException reason) {
            super(request);
            this.reason = reason;
        }

        @Override
        public HttpURI getHttpURI() {
            return UNAMBIGUOUS;
        }

        @Override
        public HttpFields getHeaders() {
            return HttpFields.EMPTY;
        }
    }
}

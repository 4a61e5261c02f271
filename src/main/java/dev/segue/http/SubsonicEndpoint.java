package dev.segue.http;

import dev.segue.adapter.SubsonicException;
import dev.segue.adapter.SubsonicParameters;
import dev.segue.adapter.SubsonicResponse;
import dev.segue.event.EventLog;
import dev.segue.http.SubsonicMethods.Method;
import dev.segue.http.SubsonicMethods.Result;
import dev.segue.platform.Build;
import dev.segue.service.Generation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * {@code /rest/{method}}: the methods of the OpenSubsonic API that report plays or find similar songs, with and without {@code
 * .view}. Errors of the protocol have the status 200, as it prescribes.
 */
final class SubsonicEndpoint extends Endpoint {

    private static final String SUFFIX = ".view";

    private static final String VERSION = Build.current().version();

    private final transient SubsonicMethods methods;
    private final transient EventLog log;
    private final transient WorkQueue recommenders;

    /** @param recommenders the queue of slow recommenders */
    SubsonicEndpoint(SubsonicMethods methods, EventLog log, WorkQueue recommenders) {
        super("/rest/{method}");
        this.methods = methods;
        this.log = log;
        this.recommenders = recommenders;
        onSafeGet(this::handle);
        on("POST", this::handle);
    }

    /** A request that was read. */
    private record Call(Method method, SubsonicParameters parameters) {

        boolean isJson() {
            return parameters.all("f").stream().anyMatch(format -> format.startsWith("json"));
        }
    }

    private void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Call call = LogWait.readBefore(request) instanceof Call waited ? waited : read(request);
        if (call.method().isLogged() && !log.isWritable()) {
            LogWait.begin(request, log, call);
            return;
        }
        Generation served = methods.generation();
        if (call.method().usesMemory() && served.isSlow()) {
            SlowResponse.begin(request, log, recommenders, () -> respond(call, served));
            return;
        }
        EncodedResponse encoded = respond(call, served);
        DurableResponse.of(request).holdUntilWritten(encoded.position());
        write(response, encoded.type(), encoded.content());
    }

    private Call read(HttpServletRequest request) {
        String name = variable(request);
        Method method = methods.find(name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name);
        if (method == null) {
            throw Problem.notFound(request.getRequestURI()).asException();
        }
        return new Call(method, new SubsonicParameters(Map.copyOf(request.getParameterMap())));
    }

    private EncodedResponse respond(Call call, Generation served) {
        SubsonicResponse response;
        long position = 0;
        try {
            if (call.parameters().all("f").contains("jsonp")) {
                throw SubsonicException.generic("f=jsonp is not supported; use f=json or f=xml");
            }
            Result result = methods.run(call.method(), call.parameters(), served);
            position = result.position();
            response = SubsonicResponse.ok(VERSION, result.members());
        } catch (SubsonicException failed) {
            response = SubsonicResponse.failed(VERSION, failed);
        }
        return call.isJson()
                ? new EncodedResponse(response.toJson(), "application/json", position)
                : new EncodedResponse(response.toXml(), "application/xml", position);
    }
}

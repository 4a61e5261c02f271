package dev.segue.http;

import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that change state and that a page of another origin makes a browser send. A page needs no permission for
 * sending them, only for reading their responses. Other clients than browsers do not send these headers, and are not affected.
 */
final class OtherSiteCheck implements AccessHandler.Check {

    private static final String FETCH_SITE = "Sec-Fetch-Site";
    private static final Set<String> READING_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /** Paths whose GET records events. */
    private static final Set<String> RECORDING_PATHS = Set.of(
            "/next_track",
            "/rest/scrobble",
            "/rest/scrobble.view",
            "/rest/reportPlayback",
            "/rest/reportPlayback.view");

    private final Set<String> allowed;

    /** @param origins that are allowed as by {@link OtherOrigins} */
    OtherSiteCheck(Optional<String> origins) {
        allowed = origins.map(list -> Set.of(list.split(","))).orElse(Set.of());
    }

    @Override
    public @Nullable Problem problem(Request request) {
        @Nullable String site = null;
        @Nullable String origin = null;
        for (HttpField field : request.getHeaders()) {
            if (field.getHeader() == HttpHeader.ORIGIN) {
                origin = field.getValue();
            } else if (field.getHeader() == null && field.is(FETCH_SITE)) {
                site = field.getValue();
            }
        }
        if (site == null && origin == null) {
            return null;
        }
        String path = Paths.of(request);
        return isOther(site, origin, request) && changesState(request, path) && !isAllowed(origin, path)
                ? Problem.otherSite()
                : null;
    }

    private static boolean isOther(@Nullable String site, @Nullable String origin, Request request) {
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        return origin != null && !isOwn(origin, request.getHttpURI());
    }

    /** Whether an origin has host and port of the request. Its scheme is not compared, since a proxy may have removed TLS. */
    private static boolean isOwn(String origin, HttpURI requested) {
        HttpURI uri;
        try {
            uri = HttpURI.from(origin);
        } catch (IllegalArgumentException notAnUri) {
            return false;
        }
        String host = uri.getHost();
        return host != null && host.equalsIgnoreCase(requested.getHost()) && port(uri, uri) == port(requested, uri);
    }

    private static int port(HttpURI uri, HttpURI origin) {
        return uri.getPort() > 0 ? uri.getPort() : "https".equals(origin.getScheme()) ? 443 : 80;
    }

    private static boolean changesState(Request request, String path) {
        return !READING_METHODS.contains(request.getMethod())
                || (RECORDING_PATHS.contains(path) && !request.getMethod().equals("OPTIONS"));
    }

    private boolean isAllowed(@Nullable String origin, String path) {
        return !Paths.isAdmin(path) && (allowed.contains("*") || (origin != null && allowed.contains(origin)));
    }
}

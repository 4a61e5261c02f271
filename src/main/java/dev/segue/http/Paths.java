package dev.segue.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/** Groups of paths that handlers treat alike. */
final class Paths {

    private Paths() {}

    /** The path of a request as servlets are mapped to it: decoded, without parameters and dot segments. */
    static String of(Request request) {
        @Nullable String path = Request.getPathInContext(request);
        if (path == null) {
            return "";
        }
        return path.indexOf('%') < 0 && path.indexOf(';') < 0 ? path : URIUtil.decodePath(path);
    }

    /** Whether a path is a folder's own, or one below it. */
    static boolean isWithin(String path, String folder) {
        return path.startsWith(folder) && (path.length() == folder.length() || path.charAt(folder.length()) == '/');
    }

    /** Whether a path is one that administers the server. */
    static boolean isAdmin(String path) {
        return isWithin(path, "/admin") || isWithin(path, "/reload");
    }
}

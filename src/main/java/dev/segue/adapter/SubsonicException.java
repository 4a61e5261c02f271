package dev.segue.adapter;

/** An error of Subsonic's protocol. */
public final class SubsonicException extends RuntimeException {

    static final int GENERIC = 0;
    static final int MISSING_PARAMETER = 10;
    static final int WRONG_CREDENTIALS = 40;
    static final int UNSUPPORTED_AUTHENTICATION = 42;
    static final int CONFLICTING_AUTHENTICATION = 43;
    static final int NOT_FOUND = 70;

    private final int code;

    private SubsonicException(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** The error's code in the protocol. */
    public int code() {
        return code;
    }

    /** An error of another kind, such as a bad value. */
    public static SubsonicException generic(String message) {
        return new SubsonicException(GENERIC, message);
    }

    static SubsonicException missing(String parameter) {
        return new SubsonicException(MISSING_PARAMETER, "Required parameter is missing: " + parameter);
    }

    static SubsonicException wrongCredentials() {
        return new SubsonicException(WRONG_CREDENTIALS, "Wrong username or password.");
    }

    static SubsonicException unsupportedAuthentication() {
        return new SubsonicException(
                UNSUPPORTED_AUTHENTICATION,
                "Provided authentication mechanism not supported: use u with t and s, or u with p.");
    }

    static SubsonicException conflictingAuthentication() {
        return new SubsonicException(
                CONFLICTING_AUTHENTICATION,
                "Multiple conflicting authentication mechanisms provided: use u with t and s, or u with p.");
    }

    /** The catalog has no artist or track with the id. */
    public static SubsonicException notFound(String id) {
        String shown = id.length() <= 40 ? id : id.substring(0, 40) + "…";
        return new SubsonicException(NOT_FOUND, "The requested data was not found: " + shown + ".");
    }
}

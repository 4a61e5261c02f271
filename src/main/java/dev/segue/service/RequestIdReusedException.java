package dev.segue.service;

/** A request id named another request before. */
public final class RequestIdReusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String requestId;

    RequestIdReusedException(String requestId) {
        super("request id " + requestId + " named another request", null, false, false);
        this.requestId = requestId;
    }

    /** The id. */
    public String requestId() {
        return requestId;
    }
}

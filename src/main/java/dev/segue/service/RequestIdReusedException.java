package dev.segue.service;

/** A request id names one question for good; this one named another before. */
public final class RequestIdReusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String requestId;

    RequestIdReusedException(String requestId) {
        super("request id " + requestId + " named another question", null, false, false);
        this.requestId = requestId;
    }

    /** The id. */
    public String requestId() {
        return requestId;
    }
}

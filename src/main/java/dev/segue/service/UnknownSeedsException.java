package dev.segue.service;

/** The catalog has none of the seeds of a request. */
public final class UnknownSeedsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnknownSeedsException() {
        super("the catalog has no track and no artist of seeds", null, false, false);
    }
}

package dev.segue.service;

/** A request excludes all tracks of the catalog. */
public final class EverythingExcludedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    EverythingExcludedException(int tracks) {
        super("exclude leaves none of the catalog's " + tracks + " tracks");
    }
}

package dev.segue.adapter;

/** A client's report is not in the form of its protocol. The message names the place and the remedy. */
public final class BadReportException extends RuntimeException {

    BadReportException(String message) {
        super(message, null, false, false);
    }
}

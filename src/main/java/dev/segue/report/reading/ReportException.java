package dev.segue.report.reading;

/** A report that cannot be made. The message says why, and what to do. */
public final class ReportException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ReportException(String message) {
        super(message);
    }
}

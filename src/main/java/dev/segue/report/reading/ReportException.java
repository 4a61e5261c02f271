package dev.segue.report.reading;

/** A report that cannot be made. The message has the reason and a remedy. */
public final class ReportException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ReportException(String message) {
        super(message);
    }
}

package dev.segue.report.reading;

import dev.segue.event.ReadCounts;
import java.util.Collection;

/** Counts of events and sessions of a log, independent of the experiment. */
final class LogCounts {

    private long events;
    private long closed;
    private long left;
    private long open;
    private long stray;
    private long repeated;
    private long unexpected;
    private long backwards;
    private ReadCounts read = ReadCounts.NONE;
    private long logEnd = Long.MIN_VALUE;

    void addEvents(long count, long latest) {
        events += count;
        logEnd = Math.max(logEnd, latest);
    }

    /** Counts an ended session. */
    void addEnded(SessionTally session) {
        if (session.isClosed()) {
            closed++;
        } else {
            left++;
        }
        addOddities(session);
    }

    /** Counts a session that is open at the end of the log. */
    void addOpen(SessionTally session) {
        open++;
        addOddities(session);
    }

    private void addOddities(SessionTally session) {
        unexpected += session.unexpected();
        backwards += session.backwards();
    }

    /** A copy of the counts that includes open sessions. */
    LogCounts with(Collection<SessionTally> openSessions) {
        var counts = new LogCounts();
        counts.addAll(this);
        openSessions.forEach(counts::addOpen);
        return counts;
    }

    void addStray() {
        stray++;
    }

    void setRepeated(long count) {
        repeated = count;
    }

    void addRepeated(long count) {
        repeated += count;
    }

    /** Sets the counts of lines that are not events. */
    void setRead(ReadCounts counts) {
        read = counts;
    }

    /** The largest timestamp of the log, in ms since 1970. */
    long logEnd() {
        return logEnd;
    }

    void addAll(LogCounts other) {
        events += other.events;
        closed += other.closed;
        left += other.left;
        open += other.open;
        stray += other.stray;
        repeated += other.repeated;
        unexpected += other.unexpected;
        backwards += other.backwards;
        read = read.plus(other.read);
        logEnd = Math.max(logEnd, other.logEnd);
    }

    LogFacts facts(long switched, long forced, long early, long late) {
        return new LogFacts(
                events,
                closed,
                left,
                open,
                stray,
                repeated,
                unexpected,
                backwards,
                read,
                switched,
                forced,
                early,
                late);
    }
}

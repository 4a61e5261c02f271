package dev.segue.report.reading;

import dev.segue.event.SessionRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Combines the rows of a table to sessions, listener by listener, and passes the sessions to a {@link LogReading}. Not
 * thread-safe.
 */
final class TableReading {

    private final EventTable table;
    private final ReadingOptions options;
    private final SessionRule rule;
    private final LogReading reading;
    private final ListenerRows rows;
    private final EventTable.Cursor event;

    TableReading(EventTable table, ReadingOptions options, String experiment) {
        this.table = table;
        this.options = options;
        rule = options.rule();
        reading = new LogReading(options, experiment);
        rows = new ListenerRows(table);
        event = table.new Cursor();
    }

    /** Reads the listeners in a range of numbers. */
    LogReading read(EventTable.Order order, int from, int to) {
        for (int listener = from; listener < to; listener++) {
            rows.of(order.rows(), order.starts()[listener], order.starts()[listener + 1]);
            new OneListener(listener).read();
        }
        reading.counts().addRepeated(rows.repeated());
        return reading;
    }

    /** The sessions of one listener. */
    private final class OneListener {

        private final int number;
        private final SessionTotals heardBefore = new SessionTotals();

        OneListener(int number) {
            this.number = number;
        }

        void read() {
            List<SessionTally> sessions = sessions();
            sessions.sort(Comparator.comparingLong(
                    SessionTally::begun)); // sessions of several logs may have been read in another order
            for (int i = 0; i < sessions.size(); i++) {
                SessionTally session = sessions.get(i);
                boolean followed = i + 1 < sessions.size() && !rule.onlyLast();
                pass(session, session.isClosed() || followed || rule.isOver(session.lastTimestamp(), table.logEnd()));
            }
            reading.counts().addEvents(rows.size(), table.logEnd());
        }

        private List<SessionTally> sessions() {
            List<SessionTally> sessions = new ArrayList<>();
            @Nullable SessionTally session = null;
            for (int i = 0; i < rows.size(); i++) {
                event.at(rows.row(i));
                if (session == null || session.isFollowedBy(event, rule)) {
                    session = new SessionTally(event, options);
                    sessions.add(session);
                }
                session.add(event, options.facts());
                if (session.isClosed() && session.number() == 0) {
                    session = null;
                }
            }
            return sessions;
        }

        private void pass(SessionTally session, boolean ended) {
            reading.see(table.listeners().get(number), number, session, heardBefore);
            if (ended) {
                reading.end(table.listeners().get(number), session);
                heardBefore.addAll(session.totals());
            } else {
                reading.counts().addOpen(session);
            }
        }
    }
}

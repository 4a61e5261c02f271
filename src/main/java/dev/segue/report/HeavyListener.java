package dev.segue.report;

import dev.segue.listener.ListenerId;
import dev.segue.report.reading.ExposedListener;
import dev.segue.report.reading.SessionTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A listener who has much of what an arm's listeners have together: often a device that plays all day, or a test.
 *
 * @param arm whose
 * @param listener who
 * @param sessions its share of the arm's sessions
 * @param time its share of the arm's time
 */
public record HeavyListener(String arm, ListenerId listener, double sessions, double time) {

    /** A listener with a larger share is named... */
    public static final double SHARE = 0.1;

    /** ...if it is also this many times what each listener would have if all had the same. */
    public static final double TIMES_EQUAL = 5;

    static List<HeavyListener> of(String arm, List<ExposedListener> listeners) {
        double sessions = sum(listeners, totals -> (double) totals.sessions());
        double time = sum(listeners, SessionTotals::time);
        double limit = Math.max(SHARE, TIMES_EQUAL / listeners.size());
        List<HeavyListener> heavy = new ArrayList<>();
        for (ExposedListener listener : listeners) {
            double ofSessions = listener.totals().sessions() / sessions;
            double ofTime = listener.totals().time() / time;
            if (ofSessions > limit || ofTime > limit) {
                heavy.add(new HeavyListener(arm, listener.listener(), ofSessions, ofTime));
            }
        }
        return heavy;
    }

    private static double sum(List<ExposedListener> listeners, ToDoubleFunction<SessionTotals> part) {
        return listeners.stream()
                .mapToDouble(listener -> part.applyAsDouble(listener.totals()))
                .sum();
    }
}

package dev.segue.report;

import dev.segue.id.ListenerId;
import dev.segue.report.reading.ExposedListener;
import dev.segue.report.reading.SessionTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A listener with a large share of the sessions or the time of an arm: often a device that plays all day, or a test.
 *
 * @param arm the arm
 * @param listener the listener
 * @param sessions the listener's share of the arm's sessions
 * @param time the listener's share of the arm's time
 */
public record HeavyListener(String arm, ListenerId listener, double sessions, double time) {

    /** A listener is reported if its share is larger than this value... */
    public static final double SHARE = 0.1;

    /** ...and larger than this multiple of an equal share. */
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

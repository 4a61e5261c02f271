package dev.segue.posterior;

import java.util.Arrays;

/**
 * Sessions grouped into units.
 *
 * @param unitOf each session's unit, 0 to the number of units − 1
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity
public record Grouping(int[] unitOf, Units units) {

    /**
     * Groups sessions.
     *
     * @param unitOf each session's unit, 0 to {@code count} − 1; the sessions of a unit belong to one listener
     */
    public static Grouping of(SessionData data, int[] unitOf, int count) {
        int[] listeners = new int[count];
        int[] sessions = new int[count];
        for (int session = 0; session < unitOf.length; session++) {
            listeners[unitOf[session]] = data.listener(session);
            sessions[unitOf[session]]++;
        }
        int[][] firsts = new int[count][];
        Arrays.setAll(firsts, unit -> new int[sessions[unit]]);
        int[] filled = new int[count];
        for (int session = 0; session < unitOf.length; session++) {
            int unit = unitOf[session];
            firsts[unit][filled[unit]++] = data.first(session);
        }
        Arrays.setAll(
                firsts, unit -> Arrays.stream(firsts[unit]).sorted().distinct().toArray());
        return new Grouping(unitOf, new Units(listeners, sessions, firsts));
    }

    /** Makes each session a unit. */
    static Grouping ofSessions(SessionData data) {
        int[] unitOf = new int[data.sessions()];
        Arrays.setAll(unitOf, session -> session);
        return of(data, unitOf, unitOf.length);
    }

    int unit(int session) {
        return unitOf[session];
    }
}

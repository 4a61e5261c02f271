package dev.segue.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.segue.id.ListenerId;
import dev.segue.play.Arms;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class SessionReaderTest {

    private static final Path BOTIFY_LOGS = Path.of("../shared/data/botify-logs-2025");

    @Test
    void botifysSessionsEndWithLast() {
        SessionReader reader = reader(
                event(Message.NEXT, 1, 7, 0, 0, 10, 11),
                event(Message.NEXT, 2, 8, 0, 0, 20, 21),
                event(Message.LAST, 3, 7, 0, 0, 11, -1),
                event(Message.NEXT, 4, 7, 0, 0, 30, 31),
                event(Message.LAST, 5, 8, 0, 0, 21, -1),
                event(Message.LAST, 6, 7, 0, 0, 31, -1));
        assertEquals(List.of("7:10,11.", "8:20,21.", "7:30,31."), drain(reader));
        assertEquals(counts(6, 3, 0, 0, 0), reader.counts());
    }

    @Test
    void newNumberEndsPreviousSession() {
        SessionReader reader = reader(
                event(Message.NEXT, 1, 7, 1, 1, 10, 11),
                event(Message.NEXT, 2, 7, 1, 2, 11, 12),
                event(Message.NEXT, 3, 7, 2, 1, 20, 21),
                event(Message.LAST, 4, 7, 2, 2, 21, -1));
        assertEquals(List.of("7:10,11", "7:20,21."), drain(reader));
        assertEquals(counts(4, 1, 1, 0, 0), reader.counts());
    }

    @Test
    void sequenceRestartBeginsSession() {
        SessionReader reader = reader(
                event(Message.NEXT, 1, 7, 3, 1, 10, 11),
                event(Message.NEXT, 2, 7, 1, 1, 20, 21),
                event(Message.LAST, 3, 7, 1, 2, 21, -1));
        assertEquals(List.of("7:10", "7:20,21."), drain(reader));
        assertEquals(0, reader.counts().stray());
    }

    @Test
    void sessionOfOneEventIsSeparateFromThePreviousSession() {
        SessionReader reader = reader(event(Message.NEXT, 1, 7, 1, 1, 10, 11), event(Message.LAST, 2, 7, 2, 1, 20, -1));
        assertEquals(List.of("7:10", "7:20."), drain(reader));
        assertEquals(counts(2, 1, 1, 0, 0), reader.counts());
    }

    @Test
    void eventsOfAnOlderSessionAreStray() {
        SessionReader reader = reader(
                event(Message.NEXT, 1, 7, 1, 1, 10, 11),
                event(Message.NEXT, 2, 7, 2, 1, 20, 21),
                event(Message.LAST, 3, 7, 1, 2, 11, -1),
                event(Message.LAST, 4, 7, 2, 2, 21, -1));
        assertEquals(List.of("7:10", "7:20,21."), drain(reader));
        assertEquals(counts(4, 1, 1, 0, 1), reader.counts());
    }

    @Test
    void openSessionsAreReturnedLast() {
        SessionReader reader = reader(
                event(Message.START, 1, 7, 1, 1, -1, 11),
                event(Message.NEXT, 2, 8, 1, 1, 20, 21),
                event(Message.LAST, 3, 9, 1, 1, 30, -1));
        assertEquals(List.of("9:30.", "7:-", "8:20"), drain(reader));
        assertEquals(2, reader.counts().open());
    }

    @Test
    void botifyLogsContainTwentyThousandSessions() {
        Assumptions.assumeTrue(Files.isDirectory(BOTIFY_LOGS));
        try (SessionReader reader = new SessionReader(
                EventLogs.find(List.of(BOTIFY_LOGS.toString())).open(), SessionRule.DEFAULT)) {
            long playbacks = 0;
            for (Session session = reader.next(); session != null; session = reader.next()) {
                playbacks += session.events().size();
            }
            assertEquals(173_859, playbacks);
            assertEquals(counts(173_859, 20_000, 0, 0, 0), reader.counts());
        }
    }

    private static SessionReader.Counts counts(long events, long closed, long left, long open, long stray) {
        return new SessionReader.Counts(events, closed, left, open, stray, 0, 0);
    }

    private static final long HALF_AN_HOUR = 1_800_000;

    @Test
    void silenceEndsSessionWithoutNumber() {
        SessionReader reader = reader(
                event(Message.NEXT, 1, 7, 0, 0, 10, 11),
                event(Message.NEXT, HALF_AN_HOUR + 1, 7, 0, 0, 11, 12),
                event(Message.NEXT, 2 * HALF_AN_HOUR + 2, 7, 0, 0, 12, 13));
        assertEquals(List.of("7:10,11", "7:12"), drain(reader), "exactly half an hour does not end a session");
        assertEquals(counts(3, 0, 1, 1, 0), reader.counts());
    }

    @Test
    void startBeginsSessionWithoutNumber() {
        SessionReader reader =
                reader(event(Message.NEXT, 1, 7, 0, 0, 10, 11), event(Message.START, 2, 7, 0, 0, -1, 12));
        assertEquals(List.of("7:10", "7:-"), drain(reader));
    }

    @Test
    void sessionNumbersTakePrecedenceOverSilence() {
        SessionReader reader =
                reader(event(Message.NEXT, 1, 7, 1, 1, 10, 11), event(Message.LAST, 9 * HALF_AN_HOUR, 7, 1, 2, 11, -1));
        assertEquals(List.of("7:10,11."), drain(reader), "the server's timeout was longer");
    }

    @Test
    void silenceIsCheckedAtTheEndOfTheLog() {
        SessionReader reader = reader(
                event(Message.NEXT, 1, 7, 1, 1, 10, 11),
                event(Message.NEXT, 2, 8, 1, 1, 10, 11),
                event(Message.NEXT, HALF_AN_HOUR + 2, 9, 1, 1, 10, 11));
        drain(reader);
        assertEquals(counts(3, 0, 1, 2, 0), reader.counts(), "7 has left; 8 may continue");
    }

    @Test
    void onlyLastRuleIgnoresSilence() {
        SessionRule rule = new SessionRule(HALF_AN_HOUR, true);
        assertEquals(false, rule.begins(0, 1, 0, 0, false, 9 * HALF_AN_HOUR));
        assertEquals(false, rule.isOver(1, 9 * HALF_AN_HOUR));
        assertEquals(true, rule.begins(1, 1, 2, 1, false, 2), "a new number still begins a session");
    }

    @Test
    void duplicateEventsAreSkipped() {
        Event first = event(Message.NEXT, 1, 7, 1, 1, 10, 11);
        Event last = event(Message.LAST, 2, 7, 1, 2, 11, -1);
        SessionReader reader = reader(first, first, last, first, last);
        assertEquals(List.of("7:10,11."), drain(reader));
        assertEquals(3, reader.counts().repeated());
    }

    private static Event event(
            Message message, long timestamp, long listener, long session, int sequence, int track, int recommendation) {
        return new Event(
                message,
                timestamp,
                ListenerId.of(listener),
                track < 0 ? null : new Playback(track, 1),
                0,
                Recommendation.ofUnknownOrigin(recommendation),
                Arms.NONE,
                session,
                sequence,
                null,
                null,
                List.of());
    }

    private static SessionReader reader(Event... events) {
        Iterator<Event> remaining = Arrays.asList(events).iterator();
        return new SessionReader(
                new EventReader() {
                    @Override
                    public @Nullable Event next() {
                        return remaining.hasNext() ? remaining.next() : null;
                    }

                    @Override
                    public ReadCounts counts() {
                        return ReadCounts.NONE;
                    }

                    @Override
                    public long bytesRead() {
                        return 0;
                    }

                    @Override
                    public void close() {}
                },
                SessionRule.DEFAULT);
    }

    /** Formats each session as listener, tracks, and a full stop if it was closed. */
    private static List<String> drain(SessionReader reader) {
        List<String> sessions = new ArrayList<>();
        for (Session session = reader.next(); session != null; session = reader.next()) {
            List<String> tracks = new ArrayList<>();
            for (Event event : session.events()) {
                Playback playback = event.playback();
                tracks.add(playback == null ? "-" : String.valueOf(playback.track()));
            }
            sessions.add(session.listener() + ":" + String.join(",", tracks) + (session.closed() ? "." : ""));
        }
        return sessions;
    }
}

package dev.segue.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.segue.adapter.PlaybackReports.Change;
import dev.segue.adapter.PlaybackReports.Player;
import dev.segue.adapter.PlaybackReports.Reported;
import dev.segue.adapter.PlaybackReports.State;
import dev.segue.id.ListenerId;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaybackReportsTest {

    private static final Player PHONE = new Player(ListenerId.of(1), "phone");
    private static final Player DESKTOP = new Player(ListenerId.of(1), "desktop");

    private final PlaybackReports reports = new PlaybackReports();

    private List<Reported> playing(Player player, String track, long millis, long now) {
        return reports.add(player, track, millis, State.PLAYING, now).ended();
    }

    @Test
    void aPlayEndsAtItsLastReport() {
        playing(PHONE, "a", 1000, 11_000);
        playing(PHONE, "a", 60_000, 70_000);
        assertEquals(
                List.of(new Reported("a", 10_000, 60_000, 70_000, false)),
                playing(PHONE, "b", 0, 50_000_000),
                "the app was closed, and the next report comes a day later");
    }

    @Test
    void twoPlayersOfAListenerDoNotEndEachOthersPlays() {
        for (int second = 0; second < 60; second += 10) {
            assertEquals(List.of(), playing(PHONE, "a", 1000L * second + 1, 1000L * second));
            assertEquals(List.of(), playing(DESKTOP, "b", 1000L * second + 1, 1000L * second));
        }
        assertEquals(
                1,
                reports.add(PHONE, "a", 60_000, State.STOPPED, 60_000).ended().size());
    }

    @Test
    void aReportThatCouldNotBeRecordedIsRepeatable() {
        playing(PHONE, "a", 5000, 5000);
        Change change = reports.add(PHONE, "b", 0, State.STARTING, 6000);
        assertEquals(1, change.ended().size());
        reports.undo(PHONE, change);
        assertEquals(
                change.ended(), reports.add(PHONE, "b", 0, State.STARTING, 7000).ended());
        Change first = reports.add(DESKTOP, "a", 5000, State.STOPPED, 5000);
        reports.undo(DESKTOP, first);
        assertEquals(
                first.ended(),
                reports.add(DESKTOP, "a", 5000, State.STOPPED, 5000).ended());
    }
}

package dev.segue.http;

import dev.segue.adapter.PlaybackReports;
import dev.segue.adapter.TrackMatcher;
import dev.segue.event.EventLog;
import dev.segue.id.ListenerId;
import dev.segue.service.Generation;
import dev.segue.service.NextTrackService;
import dev.segue.service.PlayRecorder;
import dev.segue.service.PlayRecorder.Recorded;
import dev.segue.service.ReportedPlay;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records the plays that players report, and counts them. Keeps the index of artists and titles of the catalog in service. */
final class ReportedPlays {

    private final NextTrackService service;
    private final PlayRecorder recorder;
    private final EventLog log;
    private final ServerMetrics metrics;
    private final PlaybackReports reports = new PlaybackReports();
    private @Nullable TrackMatcher matcher;

    ReportedPlays(NextTrackService service, PlayRecorder recorder, EventLog log, ServerMetrics metrics) {
        this.service = service;
        this.recorder = recorder;
        this.log = log;
        this.metrics = metrics;
    }

    /** The generation in service. */
    Generation generation() {
        return service.generation();
    }

    /** The positions that players report. */
    PlaybackReports reports() {
        return reports;
    }

    /** Forgets a listener's history, reported plays and players; returns false if there is no history. */
    boolean forget(ListenerId listener) {
        reports.forget(listener);
        return recorder.forget(listener);
    }

    /** The time, in ms since 1970. */
    long now() {
        return recorder.now();
    }

    /** The matcher for a generation, which is created at the first call after a start or a reload: not for a selector's thread. */
    synchronized TrackMatcher matcher(Generation served) {
        if (matcher == null || matcher.tracks() != served.catalog().tracks()) {
            var created = new TrackMatcher(served.catalog().tracks());
            if (!served.id().equals(generation().id())) {
                return created; // of a request that began before a reload
            }
            matcher = created;
        }
        return matcher;
    }

    /**
     * Records plays.
     *
     * @return the position in the log of the last of their events; 0 if all were reported to an earlier process
     * @throws ProblemException if the log cannot be written; plays before that are recorded, and a repeated report counts them once
     */
    long record(List<ReportedPlay> plays, Generation served) {
        long start = System.nanoTime();
        long position = 0;
        for (ReportedPlay play : plays) {
            if (!log.isWritable()) {
                throw Problem.logUnavailable(true).asException();
            }
            Recorded recorded = recorder.record(served, play, start);
            position = Math.max(position, recorded.position());
            metrics.reportedPlay(recorded.isDuplicate(), play.playback().unknownId() != null);
        }
        return position;
    }
}

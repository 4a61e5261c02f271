package dev.segue.importing;

import java.util.function.IntFunction;

/** Sets the share of each playback: as given, by played time and duration, or estimated. {@link Reason} names the rules. */
final class Shares {

    /** The most that players report above 1 by the rounding of durations alone. */
    private static final double ROUNDING = 1e-6;

    private static final int NONE = -1;

    private final PlayTable table;
    private final int[] byListener;
    private final double skippedShare;
    private final RowCounts counts;
    private final IntFunction<String> places;
    private final TrackLengths lengths;
    private int row;
    /** The time in ms from the playback to the next one in its session; {@link #NONE} if there is none. */
    private long wait;

    /**
     * @param byListener the rows in the order by listener and time, with marked sessions
     * @param counts receives the rules
     * @param places the place of a row of the table
     */
    Shares(PlayTable table, int[] byListener, double skippedShare, RowCounts counts, IntFunction<String> places) {
        this.table = table;
        this.byListener = byListener;
        this.skippedShare = skippedShare;
        this.counts = counts;
        this.places = places;
        lengths = new TrackLengths(table);
    }

    /** Sets the shares of all playbacks. */
    void set() {
        if (needsWaits()) {
            var waits = new LongColumn();
            visit(() -> {
                if (wait > 0) {
                    waits.add(((long) table.track(row) << 32) | Math.min(wait, Integer.MAX_VALUE));
                }
            });
            lengths.addWaits(waits.toArray());
        }
        visit(() -> {
            double share = share();
            if (share > 1 + ROUNDING) {
                count(Reason.SHARE_ABOVE_1, String.valueOf((float) share));
            }
            table.setShare(row, Math.min(1, share));
        });
    }

    private boolean needsWaits() {
        for (row = 0; row < table.size(); row++) {
            if (isUnknown() && !table.is(row, PlayTable.SKIPPED | PlayTable.NOT_SKIPPED)) {
                return true;
            }
        }
        return false;
    }

    private boolean isUnknown() {
        return Float.isNaN(table.share(row)) && table.played(row) < 0 && !table.is(row, PlayTable.COMPLETE);
    }

    /** Visits each playback that is not a duplicate, with the wait after it. */
    private void visit(Runnable visitor) {
        int previous = NONE;
        for (int i = 0; i < byListener.length; ) {
            row = byListener[i];
            int next = i + 1;
            while (next < byListener.length && table.is(byListener[next], PlayTable.DUPLICATE)) {
                next++;
            }
            if (!table.is(row, PlayTable.DUPLICATE)) {
                wait = wait(previous, next < byListener.length ? byListener[next] : NONE);
                previous = row;
                visitor.run();
            }
            i = next;
        }
    }

    private long wait(int previous, int next) {
        if (table.is(row, PlayTable.MARKS_END)) {
            return table.is(row, PlayTable.FIRST) ? NONE : table.timestamp(row) - table.timestamp(previous);
        }
        return table.is(row, PlayTable.LAST) ? NONE : table.timestamp(next) - table.timestamp(row);
    }

    private double share() {
        if (!Float.isNaN(table.share(row))) {
            return by(Reason.SHARE_GIVEN, table.share(row), 1);
        }
        double played = table.played(row);
        if (played >= 0 && table.duration(row) > 0) {
            return by(Reason.PLAYED_BY_DURATION, played, table.duration(row));
        }
        int track = table.track(row);
        if (played >= 0 && lengths.duration(track) > 0) {
            return by(Reason.PLAYED_BY_TRACK_DURATION, played, lengths.duration(track));
        }
        if (table.is(row, PlayTable.COMPLETE)) {
            return by(Reason.COMPLETE, 1, 1);
        }
        return played >= 0 ? Math.min(1, ofPlayed(played, track)) : ofUnknown(track);
    }

    private double ofPlayed(double played, int track) {
        if (lengths.complete(track) > 0) {
            return by(Reason.PLAYED_BY_COMPLETE, played, lengths.complete(track));
        }
        if (table.is(row, PlayTable.SKIPPED)) {
            return by(Reason.SKIP_FLAG, skippedShare, 1);
        }
        return lengths.longest(track) > 0
                ? by(Reason.PLAYED_BY_LONGEST, played, lengths.longest(track))
                : by(Reason.PLAYED_BY_TYPICAL, played, lengths.typical());
    }

    private double ofUnknown(int track) {
        if (table.is(row, PlayTable.SKIPPED)) {
            return by(Reason.SKIP_FLAG, skippedShare, 1);
        }
        if (table.is(row, PlayTable.NOT_SKIPPED)) {
            return by(Reason.SKIP_FLAG, 1, 1);
        }
        return wait <= 0
                ? by(Reason.NO_NEXT_PLAY, 1, 1)
                : Math.min(1, by(Reason.NEXT_PLAY, (double) wait, lengths.untilNextPlay(track)));
    }

    private double by(Reason rule, double played, double length) {
        count(rule, "");
        return played / length;
    }

    private void count(Reason reason, String value) {
        counts.add(reason);
        if (counts.needsExample(reason)) {
            counts.setExample(reason, places.apply(row), value);
        }
    }
}

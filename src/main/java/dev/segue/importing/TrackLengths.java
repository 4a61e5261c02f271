package dev.segue.importing;

import java.util.Arrays;

/** Lengths of tracks by all rows, in ms; 0 if they are not known. */
final class TrackLengths {

    /** The length of a track if no length is known at all: 3.5 minutes. */
    static final int TYPICAL_MILLIS = 210_000;

    /** The number of playbacks from which the longest one counts as the track's length, and the median wait likewise. */
    private static final int ENOUGH = 3;

    private final int[] durations;
    private final int[] complete;
    private final int[] longest;
    private final int[] plays;
    private int[] waits = {};
    private int medianWait;
    private final int medianDuration;

    TrackLengths(PlayTable table) {
        int tracks = table.tracks.bound();
        durations = new int[tracks];
        complete = new int[tracks];
        longest = new int[tracks];
        plays = new int[tracks];
        for (int row = 0; row < table.size(); row++) {
            int track = table.track(row);
            durations[track] = Math.max(durations[track], table.duration(row));
            if (table.played(row) > 0) {
                longest[track] = Math.max(longest[track], table.played(row));
                plays[track]++;
                if (table.is(row, PlayTable.COMPLETE)) {
                    complete[track] = Math.max(complete[track], table.played(row));
                }
            }
        }
        medianDuration = median(durations);
    }

    private static int median(int[] values) {
        int[] known = Arrays.stream(values).filter(value -> value > 0).sorted().toArray();
        return known.length == 0 ? 0 : known[known.length / 2];
    }

    /**
     * Adds the times from the playbacks of tracks to the next playback.
     *
     * @param packed track << 32 | wait in ms; sorted by this method
     */
    void addWaits(long[] packed) {
        Arrays.sort(packed);
        waits = new int[durations.length];
        int[] all = new int[packed.length];
        for (int start = 0; start < packed.length; ) {
            int track = (int) (packed[start] >>> 32);
            int end = start;
            while (end < packed.length && packed[end] >>> 32 == track) {
                all[end] = (int) packed[end++];
            }
            waits[track] = end - start < ENOUGH ? 0 : (int) packed[start + (end - start) / 2];
            start = end;
        }
        medianWait = median(all);
    }

    /** The longest duration in the rows of a track. */
    int duration(int track) {
        return durations[track];
    }

    /** The longest playback of a track that ended by itself. */
    int complete(int track) {
        return complete[track];
    }

    /** The longest of three or more playbacks of a track. */
    int longest(int track) {
        return plays[track] < ENOUGH ? 0 : longest[track];
    }

    /** The median duration of all tracks, or {@link #TYPICAL_MILLIS}. */
    int typical() {
        return medianDuration > 0 ? medianDuration : TYPICAL_MILLIS;
    }

    /** The duration of a track, or else its median wait, or else that of all playbacks. */
    int untilNextPlay(int track) {
        return durations[track] > 0 ? durations[track] : waits[track] > 0 ? waits[track] : Math.max(1, medianWait);
    }
}

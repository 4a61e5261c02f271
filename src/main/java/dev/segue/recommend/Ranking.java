package dev.segue.recommend;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A list of distinct tracks, best first, with a maximum size. */
public final class Ranking {

    private final int capacity;
    private final Set<Integer> tracks = new LinkedHashSet<>();

    /** An empty ranking for at most {@code capacity} tracks. */
    public Ranking(int capacity) {
        this.capacity = capacity;
    }

    /** The maximum number of tracks. */
    int capacity() {
        return capacity;
    }

    /** The number of tracks until it is full. */
    public int missing() {
        return capacity - tracks.size();
    }

    /** Appends a track, unless the ranking has it already or is full. */
    public void add(int track) {
        if (missing() > 0) {
            tracks.add(track);
        }
    }

    /** The tracks so far, best first. */
    public List<Integer> tracks() {
        return List.copyOf(tracks);
    }
}

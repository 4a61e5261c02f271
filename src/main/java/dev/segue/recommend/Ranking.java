package dev.segue.recommend;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A list of distinct tracks, best first, that takes up to a given number of them. */
public final class Ranking {

    private final int count;
    private final Set<Integer> tracks = new LinkedHashSet<>();

    /** An empty ranking for at most {@code count} tracks. */
    public Ranking(int count) {
        this.count = count;
    }

    /** How many tracks it takes in all. */
    int capacity() {
        return count;
    }

    /** How many tracks it can still take. */
    public int missing() {
        return count - tracks.size();
    }

    /** Adds a track at the end unless it is in already or the ranking is full. */
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

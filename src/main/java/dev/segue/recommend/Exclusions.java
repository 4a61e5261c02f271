package dev.segue.recommend;

import dev.segue.catalog.Tracks;
import java.util.Arrays;
import java.util.List;

/**
 * The tracks that must not be recommended to a request: tracks by themselves, and all tracks of an artist. For one thread.
 *
 * <p>A session leaves out some dozens of tracks, and every candidate is checked against them, so they are kept in hash tables
 * without objects: a check takes a few nanoseconds.
 */
public final class Exclusions {

    private static final int MULTIPLIER = 0x9E3779B9; // 2³² divided by the golden ratio: spreads consecutive ids

    private final Tracks tracks;
    private final IntSet excludedTracks;
    private final IntSet excludedArtists;

    /**
     * Leaves out nothing yet.
     *
     * @param tracks have the artists
     */
    public Exclusions(Tracks tracks) {
        this(tracks, new IntSet(), new IntSet());
    }

    private Exclusions(Tracks tracks, IntSet excludedTracks, IntSet excludedArtists) {
        this.tracks = tracks;
        this.excludedTracks = excludedTracks;
        this.excludedArtists = excludedArtists;
    }

    /** The same, which can be added to without a trace here. */
    Exclusions copy() {
        return new Exclusions(tracks, excludedTracks.copy(), excludedArtists.copy());
    }

    /** Leaves out a track. */
    public void addTrack(int track) {
        excludedTracks.add(track);
    }

    /** Leaves out all tracks of a track's artist; the track alone if its artist is not known. */
    public void addArtistOf(int track) {
        int artist = tracks.artistRow(track);
        if (artist < 0) {
            addTrack(track);
        } else {
            excludedArtists.add(artist);
        }
    }

    /** Leaves out all tracks of an artist, named as the catalog has it; nothing if the catalog has no such artist. */
    public void addArtist(String name) {
        int artist = tracks.rowOfArtist(name);
        if (artist >= 0) {
            excludedArtists.add(artist);
        }
    }

    /** Whether a track is left out. */
    public boolean contains(int track) {
        return excludedTracks.contains(track)
                || (excludedArtists.size > 0 && excludedArtists.contains(tracks.artistRow(track)));
    }

    /** Whether nothing is left out. */
    public boolean isEmpty() {
        return excludedTracks.size == 0 && excludedArtists.size == 0;
    }

    /** Whether no track of the catalog is left. */
    public boolean leaveNothing() {
        return countOfAll() == tracks.size();
    }

    /** The tracks and artists that are left out, for an explanation. */
    public RuleEffect effect(String rule) {
        return new RuleEffect(
                rule, Arrays.stream(excludedTracks.values()).sorted().boxed().toList(), artists());
    }

    /** The artists whose tracks are left out, in alphabetical order. */
    private List<String> artists() {
        return Arrays.stream(excludedArtists.values())
                .mapToObj(artist -> tracks.artist(tracks.byArtist().get(artist, 0)))
                .map(String::valueOf)
                .sorted()
                .toList();
    }

    /** How many of all tracks are left out: counted by artist, not track by track. */
    int countOfAll() {
        int count = 0;
        for (int artist : excludedArtists.values()) {
            count += tracks.byArtist().size(artist);
        }
        for (int track : excludedTracks.values()) {
            count += tracks.contains(track) && !excludedArtists.contains(tracks.artistRow(track)) ? 1 : 0;
        }
        return count;
    }

    /** Integers from 0, in an open-addressing table that is at most half full. */
    private static final class IntSet {
        /** Value + 1, or 0 where free; the length is a power of two. */
        private int[] slots = {};

        private int size;

        IntSet copy() {
            var copy = new IntSet();
            copy.slots = slots.clone();
            copy.size = size;
            return copy;
        }

        void add(int value) {
            if (2 * size >= slots.length) {
                int[] values = values();
                slots = new int[Math.max(16, 2 * slots.length)];
                for (int old : values) {
                    slots[slot(old)] = old + 1;
                }
            }
            int slot = slot(value);
            size += slots[slot] == 0 ? 1 : 0;
            slots[slot] = value + 1;
        }

        boolean contains(int value) {
            return size > 0 && slots[slot(value)] != 0;
        }

        /** Where a value is, or would be. */
        private int slot(int value) {
            int slot = (value * MULTIPLIER) >>> Integer.numberOfLeadingZeros(slots.length - 1);
            while (slots[slot] != 0 && slots[slot] != value + 1) {
                slot = (slot + 1) & (slots.length - 1);
            }
            return slot;
        }

        int[] values() {
            return Arrays.stream(slots)
                    .filter(slot -> slot != 0)
                    .map(slot -> slot - 1)
                    .toArray();
        }
    }
}

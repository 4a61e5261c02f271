package dev.segue.recommend;

import dev.segue.catalog.IdLists;
import dev.segue.catalog.TrackSet;
import dev.segue.catalog.Tracks;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tracks that a response must not contain: single tracks, and all tracks of an artist. Not thread-safe.
 *
 * <p>A session excludes some dozens of tracks, and every candidate is checked against them. Hash tables of primitives keep a check to a
 * few nanoseconds.
 */
public final class Exclusions {

    private static final int MULTIPLIER = 0x9E3779B9; // 2³² divided by the golden ratio: spreads consecutive ids

    private final Tracks tracks;
    /** Excluded tracks that many requests have in common; null for none. */
    private final @Nullable TrackSet unavailable;

    private final IntSet excludedTracks;
    private final IntSet excludedArtists;

    /**
     * Excludes nothing at first.
     *
     * @param tracks the catalog's tracks with their artists
     */
    public Exclusions(Tracks tracks) {
        this(tracks, null);
    }

    /**
     * Excludes a set of tracks at first.
     *
     * @param tracks the catalog's tracks with their artists
     * @param unavailable tracks of the same catalog; null for none
     */
    public Exclusions(Tracks tracks, @Nullable TrackSet unavailable) {
        this(tracks, unavailable, new IntSet(), new IntSet());
    }

    private Exclusions(Tracks tracks, @Nullable TrackSet unavailable, IntSet excludedTracks, IntSet excludedArtists) {
        this.tracks = tracks;
        this.unavailable = unavailable;
        this.excludedTracks = excludedTracks;
        this.excludedArtists = excludedArtists;
    }

    /** An independent copy. */
    Exclusions copy() {
        return new Exclusions(tracks, unavailable, excludedTracks.copy(), excludedArtists.copy());
    }

    /** Excludes a track. */
    public void addTrack(int track) {
        excludedTracks.add(track);
    }

    /** Excludes all tracks of a track's artist; only the track itself if its artist is unknown. */
    public void addArtistOf(int track) {
        int artist = tracks.artistRow(track);
        if (artist < 0) {
            addTrack(track);
        } else {
            excludedArtists.add(artist);
        }
    }

    /** Excludes all tracks of an artist, by the catalog's spelling of the name; does nothing if the catalog does not have the artist. */
    public void addArtist(String name) {
        int artist = tracks.rowOfArtist(name);
        if (artist >= 0) {
            excludedArtists.add(artist);
        }
    }

    /** Whether a track is excluded. */
    public boolean contains(int track) {
        return excludedTracks.contains(track)
                || (unavailable != null && unavailable.contains(track))
                || (excludedArtists.size > 0 && excludedArtists.contains(tracks.artistRow(track)));
    }

    /** Whether nothing is excluded. */
    public boolean isEmpty() {
        return excludedTracks.size == 0
                && excludedArtists.size == 0
                && (unavailable == null || unavailable.size() == 0);
    }

    /** Whether all tracks of the catalog are excluded. */
    public boolean coverCatalog() {
        return trackCount() == tracks.size();
    }

    /** The excluded tracks and artists, without the set that was excluded at first, for an explanation. */
    public RuleEffect effect(String rule) {
        return new RuleEffect(
                rule, Arrays.stream(excludedTracks.values()).sorted().boxed().toList(), artists());
    }

    /** The names of the excluded artists, in alphabetical order. */
    private List<String> artists() {
        return Arrays.stream(excludedArtists.values())
                .mapToObj(artist -> tracks.artist(tracks.byArtist().get(artist, 0)))
                .map(String::valueOf)
                .sorted()
                .toList();
    }

    /**
     * The number of the catalog's tracks that are excluded. Takes time proportional to the excluded artists and tracks, not to the
     * catalog.
     */
    int trackCount() {
        int count = unavailable == null ? 0 : unavailable.size();
        for (int artist : excludedArtists.values()) {
            count += unavailable == null ? tracks.byArtist().size(artist) : availableTracks(artist, unavailable);
        }
        for (int track : excludedTracks.values()) {
            boolean isCounted = excludedArtists.contains(tracks.artistRow(track))
                    || (unavailable != null && unavailable.contains(track));
            count += tracks.contains(track) && !isCounted ? 1 : 0;
        }
        return count;
    }

    private int availableTracks(int artist, TrackSet others) {
        IdLists byArtist = tracks.byArtist();
        int count = 0;
        for (int i = 0; i < byArtist.size(artist); i++) {
            count += others.contains(byArtist.get(artist, i)) ? 0 : 1;
        }
        return count;
    }

    /** A set of integers other than −1: a hash table with open addressing and a load factor of at most 1/2. */
    private static final class IntSet {
        /** Value + 1, or 0 for a free slot; the length is a power of two. */
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

        /** The slot of a value, or the free slot to put it in. */
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

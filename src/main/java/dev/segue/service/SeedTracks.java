package dev.segue.service;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.IdLists;
import dev.segue.catalog.Tracks;
import dev.segue.play.Playback;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tracks of a catalog that the seeds of a request stand for. An artist stands for its most popular tracks, by the list of top
 * tracks, or for its first tracks in the catalog if the list has none.
 *
 * @param tracks those of the artists, then the seed tracks, in the order of the request; an artist's most popular track last. The last
 *     one counts as played last
 * @param unknownTracks seed tracks that the catalog does not have
 * @param unknownArtists seed artists that the catalog does not have
 */
public record SeedTracks(List<Integer> tracks, List<Playback> unknownTracks, List<String> unknownArtists) {

    /** Maximum number of tracks that an artist stands for. */
    static final int MAX_OF_ARTIST = 5;

    /** The number of top tracks in which an artist's tracks are searched, so that a request takes less than a millisecond. */
    private static final int MAX_TOP_TRACKS = 10_000;

    /** The record and its empty lists, in bytes. */
    private static final int BYTES = 96;

    /** An {@link Integer} and the reference to it, in bytes. */
    private static final int TRACK_BYTES = 20;

    /** A {@link Playback} or a string without its characters, and the references to it, in bytes. */
    private static final int UNKNOWN_BYTES = 96;

    public SeedTracks {
        tracks = List.copyOf(tracks);
        unknownTracks = List.copyOf(unknownTracks);
        unknownArtists = List.copyOf(unknownArtists);
    }

    /**
     * The tracks of a request's seeds; null without seeds.
     *
     * @throws UnknownSeedsException if the catalog has none of the seeds
     */
    static @Nullable SeedTracks of(Seeds seeds, Catalog catalog) {
        if (seeds.isEmpty()) {
            return null;
        }
        List<String> unknownArtists = new ArrayList<>();
        List<Integer> seedTracks = ofArtists(seeds.artists(), catalog, unknownArtists);
        List<Playback> unknownTracks = new ArrayList<>();
        for (Playback seed : seeds.tracks()) {
            if (catalog.tracks().contains(seed.track())) {
                seedTracks.add(seed.track());
            } else {
                unknownTracks.add(seed);
            }
        }
        if (seedTracks.isEmpty()) {
            throw new UnknownSeedsException();
        }
        return new SeedTracks(seedTracks, unknownTracks, unknownArtists);
    }

    /** The tracks that known artists stand for. */
    private static List<Integer> ofArtists(List<String> artists, Catalog catalog, List<String> unknown) {
        List<Integer> rows = new ArrayList<>();
        for (String artist : artists) {
            int row = catalog.tracks().rowOfArtist(artist);
            if (row < 0) {
                unknown.add(artist);
            } else {
                rows.add(row);
            }
        }
        Map<Integer, List<Integer>> popular = rows.isEmpty() ? Map.of() : popular(rows, catalog);
        List<Integer> all = new ArrayList<>();
        for (int row : rows) {
            List<Integer> ofArtist = popular.getOrDefault(row, List.of());
            List<Integer> chosen = new ArrayList<>(ofArtist.isEmpty() ? first(row, catalog.tracks()) : ofArtist);
            Collections.reverse(chosen);
            all.addAll(chosen);
        }
        return all;
    }

    /** The most popular tracks of each artist, by its row, the most popular first. */
    private static Map<Integer, List<Integer>> popular(List<Integer> rows, Catalog catalog) {
        Map<Integer, List<Integer>> popular = new HashMap<>();
        rows.forEach(row -> popular.put(row, new ArrayList<>()));
        int missing = popular.size() * MAX_OF_ARTIST;
        int[] top = catalog.topTracks();
        for (int place = 0; place < Math.min(top.length, MAX_TOP_TRACKS) && missing > 0; place++) {
            List<Integer> ofArtist = popular.get(catalog.tracks().artistRow(top[place]));
            if (ofArtist != null && ofArtist.size() < MAX_OF_ARTIST) {
                ofArtist.add(top[place]);
                missing--;
            }
        }
        return popular;
    }

    private static List<Integer> first(int row, Tracks tracks) {
        IdLists byArtist = tracks.byArtist();
        List<Integer> first = new ArrayList<>();
        for (int i = 0; i < Math.min(MAX_OF_ARTIST, byArtist.size(row)); i++) {
            first.add(byArtist.get(row, i));
        }
        return first;
    }

    /** The last seed, as a playback in full. */
    Playback last() {
        return new Playback(tracks.get(tracks.size() - 1), 1);
    }

    /** Its approximate size in memory, in bytes. */
    int bytes() {
        int bytes = BYTES + TRACK_BYTES * tracks.size();
        for (Playback track : unknownTracks) {
            bytes += UNKNOWN_BYTES + 2 * track.trackId().length();
        }
        for (String artist : unknownArtists) {
            bytes += UNKNOWN_BYTES + 2 * artist.length();
        }
        return bytes;
    }
}

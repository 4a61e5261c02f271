package dev.segue.adapter;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.IdLists;
import dev.segue.catalog.Tracks;
import dev.segue.id.TrackIds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describes tracks of a catalog in the form of Subsonic and of AudioMuse-AI. */
public final class SimilarTracks {

    /** Stands for a similarity that is not known, in OpenSubsonic. */
    private static final double UNKNOWN_SIMILARITY = -1;

    private static final int SONGS = 3;

    private final Catalog catalog;

    public SimilarTracks(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The track with an id; {@link TrackIds#NONE} if the catalog has none. */
    public int find(String id) {
        try {
            int track = TrackIds.parse(id, catalog.tracks()::contains);
            return catalog.tracks().contains(track) ? track : TrackIds.NONE;
        } catch (IllegalArgumentException notAnId) {
            return TrackIds.NONE;
        }
    }

    /** Whether the catalog has an artist of this name, which is the artist's id. */
    public boolean isArtist(String name) {
        return catalog.tracks().rowOfArtist(name) >= 0;
    }

    /** Subsonic's {@code Child} of a track. */
    public Map<String, Object> song(int track) {
        Tracks tracks = catalog.tracks();
        Map<String, Object> song = new LinkedHashMap<>();
        song.put("id", TrackIds.text(track));
        song.put("isDir", false);
        song.put("title", title(track));
        String artist = tracks.artist(track);
        if (artist != null) {
            song.put("artist", artist);
            song.put("artistId", artist);
        }
        if (tracks.durationMillis(track) > 0) {
            song.put("duration", tracks.durationMillis(track) / 1000);
        }
        song.put("isVideo", false);
        song.put("type", "music");
        song.put("mediaType", "song");
        return song;
    }

    /** OpenSubsonic's {@code sonicMatch} of a track: the song, and its similarity to another one. */
    public Map<String, Object> match(int track, int other) {
        Map<String, Object> match = new LinkedHashMap<>();
        match.put("entry", song(track));
        Double similarity = similarity(other, track);
        match.put("similarity", similarity == null ? (Object) UNKNOWN_SIMILARITY : similarity);
        return match;
    }

    /**
     * AudioMuse-AI's descriptions of tracks.
     *
     * @param similar the most similar track first; the distance of a track is its place in the list, divided by the length + 1
     */
    public List<Map<String, Object>> distances(List<Integer> similar) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (int track : similar) {
            Map<String, Object> description = item(track);
            description.put("author", artist(track));
            description.put("album", "");
            description.put("distance", (list.size() + 1.0) / (similar.size() + 1));
            list.add(description);
        }
        return list;
    }

    /**
     * AudioMuse-AI's descriptions of the artists of similar tracks.
     *
     * @param similar the most similar track first
     * @param other the artist that they are similar to, who is left out
     * @param count maximum number of artists
     * @param withSongs whether up to {@value #SONGS} of the similar tracks of both artists are added
     */
    public List<Map<String, Object>> artists(List<Integer> similar, String other, int count, boolean withSongs) {
        Map<String, List<Integer>> byArtist = new LinkedHashMap<>();
        List<Integer> own = new ArrayList<>();
        for (int track : similar) {
            String artist = artist(track);
            if (artist.equals(other)) {
                own.add(track);
            } else if (!artist.isEmpty()) {
                byArtist.computeIfAbsent(artist, name -> new ArrayList<>()).add(track);
            }
        }
        List<Map<String, Object>> list = new ArrayList<>();
        int artists = Math.min(count, byArtist.size());
        byArtist.entrySet().stream().limit(count).forEach(entry -> {
            Map<String, Object> description = new LinkedHashMap<>();
            description.put("artist", entry.getKey());
            description.put("artist_id", entry.getKey());
            description.put("divergence", (list.size() + 1.0) / (artists + 1));
            if (withSongs) {
                description.put(
                        "component_matches",
                        List.of(Map.of(
                                "artist1_representative_songs", songs(own),
                                "artist2_representative_songs", songs(entry.getValue()))));
            }
            list.add(description);
        });
        return list;
    }

    private List<Map<String, Object>> songs(List<Integer> tracks) {
        return tracks.stream().limit(SONGS).map(this::item).toList();
    }

    private Map<String, Object> item(int track) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("item_id", TrackIds.text(track));
        description.put("title", title(track));
        return description;
    }

    private String title(int track) {
        String title = catalog.tracks().title(track);
        return title == null ? TrackIds.text(track) : title;
    }

    /** The track's artist; empty if it is unknown. */
    private String artist(int track) {
        String artist = catalog.tracks().artist(track);
        return artist == null ? "" : artist;
    }

    /** The score of a neighbour in the track catalog, 0..1; null if the catalog has no scores or the tracks are no neighbours. */
    private @Nullable Double similarity(int track, int neighbour) {
        IdLists lists = catalog.neighbours();
        int row = lists.hasScores() ? lists.row(track) : -1;
        for (int i = 0; row >= 0 && i < lists.size(row); i++) {
            if (lists.get(row, i) == neighbour) {
                return Math.max(0, Math.min(1, (double) lists.score(row, i)));
            }
        }
        return null;
    }
}

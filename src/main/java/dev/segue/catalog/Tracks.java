package dev.segue.catalog;

import dev.segue.id.KeyIndex;
import dev.segue.id.TrackIds;
import dev.segue.id.TrackRows;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * All playable tracks, each with its artist and title, if known. A track is an int, as
 * {@link TrackIds} defines. Rows from 0 to {@link #size} - 1 number the tracks without gaps, for random draws. Immutable. Texts are
 * stored as bytes; only a call that returns a text creates a string.
 */
public final class Tracks {

    private static final int UNKNOWN = -1;

    private final KeyIndex index;
    private final TrackRows rows;
    private final TextPool artists;
    private final TextPool titles;
    /** The number of a row's artist, or UNKNOWN; likewise for its title. */
    private final int[] artistOf;

    private final int[] titleOf;
    /** The durations of the rows in ms, 0 where unknown; empty if none is known. */
    private int[] durations = {};

    private final IdLists byArtist;
    private final TrackAttributes attributes;

    /**
     * The union of the files' tracks that the predicate accepts, in file order. Uses the first known artist and the
     * first known title.
     */
    Tracks(List<RowFile> files, IntPredicate known) {
        index = new KeyIndex();
        for (RowFile file : files) {
            for (int row = 0; row < file.keys().size(); row++) {
                long track = file.keys().keyAt(row);
                if (known.test((int) track)) {
                    index.add(track);
                }
            }
        }
        rows = TrackRows.of(index);
        artistOf = new int[index.size()];
        titleOf = new int[index.size()];
        Arrays.fill(artistOf, UNKNOWN);
        Arrays.fill(titleOf, UNKNOWN);
        var artistTexts = new TextPool.Builder();
        var titleTexts = new TextPool.Builder();
        for (RowFile file : files) {
            for (Rows part : file.parts()) {
                number(part.keys(), part.artists(), artistOf, artistTexts);
                number(part.keys(), part.titles(), titleOf, titleTexts);
                addDurations(part);
            }
        }
        artists = artistTexts.buildWithTable();
        titles = titleTexts.build();
        byArtist = groupByArtist();
        attributes = new TrackAttributes(files, index);
    }

    private void number(long[] tracks, Rows.Texts texts, int[] textOf, TextPool.Builder pool) {
        for (int i = 0; i < texts.ends().length; i++) {
            int start = texts.start(i);
            int end = texts.ends()[i];
            int row = index.row(tracks[i]);
            if (row >= 0 && textOf[row] == UNKNOWN && start < end) {
                textOf[row] = pool.number(texts.utf8(), start, end);
            }
        }
    }

    private void addDurations(Rows part) {
        for (int i = 0; i < part.durations().length; i++) {
            int row = index.row(part.keys()[i]);
            if (row >= 0 && part.durations()[i] > 0) {
                durations = durations.length == 0 ? new int[index.size()] : durations;
                durations[row] = durations[row] > 0 ? durations[row] : part.durations()[i];
            }
        }
    }

    /** Groups the tracks by artist with a counting sort. */
    private IdLists groupByArtist() {
        int[] offsets = new int[artists.size() + 1];
        for (int artist : artistOf) {
            if (artist != UNKNOWN) {
                offsets[artist + 1]++;
            }
        }
        Arrays.parallelPrefix(offsets, Integer::sum);
        int[] next = offsets.clone();
        int[] ids = new int[offsets[artists.size()]];
        for (int row = 0; row < artistOf.length; row++) {
            if (artistOf[row] != UNKNOWN) {
                ids[next[artistOf[row]]++] = idAt(row);
            }
        }
        return new IdLists(KeyIndex.identity(artists.size()), offsets, ids);
    }

    /** Number of tracks. */
    public int size() {
        return index.size();
    }

    /** The tracks of the rows. */
    public TrackRows rows() {
        return rows;
    }

    /** The track of a row from 0 to {@link #size} - 1. */
    public int idAt(int row) {
        return (int) index.keyAt(row);
    }

    /** A track's row, or -1 if the track does not exist. */
    public int row(int track) {
        return index.row(track);
    }

    /** Whether a track exists. */
    public boolean contains(int track) {
        return row(track) >= 0;
    }

    /** A track's artist, or null if the artist or the track is unknown. */
    public @Nullable String artist(int track) {
        return text(artists, artistOf, track);
    }

    /** A track's title, or null if the title or the track is unknown. */
    public @Nullable String title(int track) {
        return text(titles, titleOf, track);
    }

    /** A track's duration in ms, or 0 if the duration or the track is unknown. */
    public int durationMillis(int track) {
        int row = durations.length == 0 ? UNKNOWN : row(track);
        return row < 0 ? 0 : durations[row];
    }

    private @Nullable String text(TextPool texts, int[] textOf, int track) {
        int row = row(track);
        return row < 0 || textOf[row] == UNKNOWN ? null : texts.get(textOf[row]);
    }

    /** The row of the track's artist in {@link #byArtist}, or -1 if the artist or the track is unknown. */
    public int artistRow(int track) {
        int row = row(track);
        return row < 0 ? -1 : artistOf[row];
    }

    /** The row of an artist in {@link #byArtist}, by the exact name in the catalog; -1 if there is no such artist. */
    public int rowOfArtist(String name) {
        return artists.find(name);
    }

    /** Whether {@link #rejected} has the tracks of a filter already, so that it takes no time. */
    public boolean hasKept(TrackFilter filter) {
        return attributes.hasKept(filter);
    }

    /** The tracks that a filter rejects. The first call with a filter takes time proportional to the catalog. */
    public TrackSet rejected(TrackFilter filter) {
        return attributes.rejected(filter, this);
    }

    /** The tracks of each known artist, one row per artist: see {@link #artistRow}. */
    public IdLists byArtist() {
        return byArtist;
    }
}

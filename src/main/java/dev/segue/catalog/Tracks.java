package dev.segue.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * All tracks that can be played, each with its artist and title where known. A track is named by its id, an integer from 0
 * to 2^31-1; rows from 0 to {@link #size} - 1 number the tracks without gaps, for drawing one at random. Immutable; texts
 * are kept as bytes, so that asking for one makes a string and nothing else does.
 */
public final class Tracks {

    private static final int UNKNOWN = -1;

    private final KeyIndex index;
    private final TextPool artists;
    private final TextPool titles;
    /** The number of a row's artist, or UNKNOWN; the number of its title likewise. */
    private final int[] artistOf;

    private final int[] titleOf;
    private final IdLists byArtist;

    /**
     * The union of the files' known tracks in the order in which they come. The first known artist wins, and the first
     * title.
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
            }
        }
        artists = artistTexts.buildWithTable();
        titles = titleTexts.build();
        byArtist = groupByArtist();
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

    /** A counting sort of the tracks by artist. */
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

    /** How many tracks there are. */
    public int size() {
        return index.size();
    }

    /** One more than the largest id; 0 if there are no tracks. */
    public int bound() {
        int largest = -1;
        for (int row = 0; row < size(); row++) {
            largest = Math.max(largest, idAt(row));
        }
        return Math.addExact(largest, 1);
    }

    /** The track of a row from 0 to {@link #size} - 1. */
    public int idAt(int row) {
        return (int) index.keyAt(row);
    }

    /** A track's row, or -1 where there is no such track. */
    public int row(int track) {
        return index.row(track);
    }

    /** Whether there is such a track. */
    public boolean contains(int track) {
        return row(track) >= 0;
    }

    /** A track's artist, or null where the catalog does not know the artist or the track. */
    public @Nullable String artist(int track) {
        return text(artists, artistOf, track);
    }

    /** A track's title, or null where the catalog does not know the title or the track. */
    public @Nullable String title(int track) {
        return text(titles, titleOf, track);
    }

    private @Nullable String text(TextPool texts, int[] textOf, int track) {
        int row = row(track);
        return row < 0 || textOf[row] == UNKNOWN ? null : texts.get(textOf[row]);
    }

    /** The row of the track's artist in {@link #byArtist}, or -1 where the artist or the track is not known. */
    public int artistRow(int track) {
        int row = row(track);
        return row < 0 ? -1 : artistOf[row];
    }

    /** The row of an artist in {@link #byArtist}, by the name as the catalog writes it; -1 where it has no such artist. */
    public int rowOfArtist(String name) {
        return artists.find(name);
    }

    /** Every known artist's tracks, one row an artist: see {@link #artistRow}. */
    public IdLists byArtist() {
        return byArtist;
    }
}

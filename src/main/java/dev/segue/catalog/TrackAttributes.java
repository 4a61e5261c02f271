package dev.segue.catalog;

import dev.segue.id.KeyIndex;
import dev.segue.json.IntBuilder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tags, years and explicit marks of tracks, as an index for filters: the rows of each tag, and arrays for the others. Takes 4 bytes a
 * tag of a track, 2 a year and 1 a mark, if any track has them. Thread-safe.
 */
final class TrackAttributes {

    /** The number of filters whose tracks are kept. A service has few: each takes a bit a track. */
    private static final int MAX_KEPT = 32;

    private final int size;
    private final TextPool tags;
    /** The rows of each tag, in ascending order. */
    private final IdLists rowsByTag;

    private final short[] years;
    private final byte[] explicit;

    private final Map<TrackFilter, TrackSet> rejected = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TrackFilter, TrackSet> eldest) {
            return size() > MAX_KEPT;
        }
    };

    /** The attributes of the files' tracks; those of the first file that has any for a track. */
    TrackAttributes(List<RowFile> files, KeyIndex index) {
        size = index.size();
        boolean none = files.stream()
                .flatMap(file -> file.parts().stream())
                .allMatch(part -> part.attributes().rows().length == 0);
        years = new short[none ? 0 : size];
        explicit = new byte[none ? 0 : size];
        var pool = new TextPool.Builder();
        var tagNumbers = new IntBuilder(none ? 0 : 1 << 10);
        var tagRows = new IntBuilder(none ? 0 : 1 << 10);
        var seen = new BitSet(none ? 0 : size);
        for (RowFile file : files) {
            for (Rows part : file.parts()) {
                add(part, index, seen, pool, tagNumbers, tagRows);
            }
        }
        tags = pool.buildWithTable();
        rowsByTag = group(tags.size(), tagNumbers, tagRows);
    }

    private void add(
            Rows part, KeyIndex index, BitSet seen, TextPool.Builder pool, IntBuilder tagNumbers, IntBuilder tagRows) {
        AttributeRows attributes = part.attributes();
        int tag = 0;
        for (int i = 0; i < attributes.rows().length; i++) {
            int row = index.row(part.keys()[attributes.rows()[i]]);
            int end = attributes.tagEnds()[i];
            if (row >= 0 && !seen.get(row)) {
                seen.set(row);
                years[row] = (short) attributes.years()[i];
                explicit[row] = (byte) attributes.explicit()[i];
                for (int t = tag; t < end; t++) {
                    int textEnd = attributes.tags().ends()[t];
                    tagNumbers.add(pool.number(
                            attributes.tags().utf8(), attributes.tags().start(t), textEnd));
                    tagRows.add(row);
                }
            }
            tag = end;
        }
    }

    /** Groups rows by tag with a counting sort. */
    private static IdLists group(int tagCount, IntBuilder tagNumbers, IntBuilder tagRows) {
        int[] offsets = new int[tagCount + 1];
        for (int i = 0; i < tagNumbers.size(); i++) {
            offsets[tagNumbers.get(i) + 1]++;
        }
        Arrays.parallelPrefix(offsets, Integer::sum);
        int[] next = offsets.clone();
        int[] rows = new int[tagRows.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[next[tagNumbers.get(i)]++] = tagRows.get(i);
        }
        return new IdLists(KeyIndex.identity(tagCount), offsets, rows);
    }

    /** Whether the tracks that a filter rejects are known already, so that {@link #rejected} takes no time. */
    boolean hasKept(TrackFilter filter) {
        synchronized (rejected) {
            return rejected.containsKey(filter);
        }
    }

    /**
     * The tracks that a filter rejects. The first call with a filter takes time proportional to the catalog.
     *
     * @param tracks the tracks that have these attributes
     */
    TrackSet rejected(TrackFilter filter, Tracks tracks) {
        synchronized (rejected) {
            TrackSet known = rejected.get(filter);
            if (known != null) {
                return known;
            }
        }
        BitSet rows = accepted(filter);
        rows.flip(0, size);
        var computed = new TrackSet(tracks, rows);
        synchronized (rejected) {
            rejected.put(filter, computed);
        }
        return computed;
    }

    private BitSet accepted(TrackFilter filter) {
        var accepted = new BitSet(size);
        if (filter.anyTag().isEmpty()) {
            accepted.set(0, size);
        } else {
            filter.anyTag().forEach(tag -> accepted.or(withTag(tag)));
        }
        filter.allTags().forEach(tag -> accepted.and(withTag(tag)));
        filter.noTag().forEach(tag -> accepted.andNot(withTag(tag)));
        Boolean wanted = filter.explicit();
        if (wanted != null) {
            for (int row = 0; row < size; row++) {
                boolean isExplicit = explicit.length > 0 && explicit[row] == AttributeRows.EXPLICIT;
                if (isExplicit != wanted) {
                    accepted.clear(row);
                }
            }
        }
        if (filter.hasYears()) {
            for (int row = 0; row < size; row++) {
                if (!filter.acceptsYear(years.length > 0 ? years[row] : 0)) {
                    accepted.clear(row);
                }
            }
        }
        return accepted;
    }

    private BitSet withTag(String tag) {
        var rows = new BitSet(size);
        int number = tags.find(tag);
        for (int i = 0; number >= 0 && i < rowsByTag.size(number); i++) {
            rows.set(rowsByTag.get(number, i));
        }
        return rows;
    }
}

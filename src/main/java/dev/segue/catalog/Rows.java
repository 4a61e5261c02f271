package dev.segue.catalog;

import dev.segue.id.KeyIndex;
import dev.segue.id.TrackIds;
import dev.segue.json.ByteBuilder;
import dev.segue.json.IntBuilder;
import dev.segue.json.JsonCursor;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Unfiltered rows of a file: each has a key, a list of ids, and texts.
 *
 * @param keys the tracks or listeners of the rows
 * @param linesBefore number of lines in the file before these rows
 * @param lines the line numbers of the rows, relative to linesBefore
 * @param ends the end of each row's ids, which start at the end of the previous row's
 * @param scores a score for each id; empty if the file has none
 * @param durations the durations of the rows' tracks in ms, 0 where unknown; empty if the file has none
 * @param artists the artists of the rows; empty if the file has none; likewise titles
 * @param attributes the attributes of the rows that have any
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Rows(
        long[] keys,
        int linesBefore,
        int[] lines,
        int[] ends,
        int[] ids,
        float[] scores,
        int[] durations,
        Texts artists,
        Texts titles,
        AttributeRows attributes) {

    /** Concatenated texts in UTF-8, and the end of each; empty if the rows have no texts. */
    record Texts(byte[] utf8, int[] ends) {
        static final Texts NONE = new Texts(new byte[0], new int[0]);

        int start(int row) {
            return row == 0 ? 0 : ends[row - 1];
        }
    }

    int start(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    Rows withLinesBefore(int linesBefore) {
        return new Rows(keys, linesBefore, lines, ends, ids, scores, durations, artists, titles, attributes);
    }

    /**
     * The rows of a matrix, which names tracks by their rows; negative values are padding.
     *
     * @param scores of the same shape; null for none
     * @param tracks the tracks of the rows
     */
    static Rows of(IntMatrix matrix, @Nullable FloatMatrix scores, KeyIndex tracks) {
        long[] keys = new long[matrix.rows()];
        Arrays.setAll(keys, row -> tracks.isIdentity() ? row : tracks.keyAt(row));
        int[] ids = matrix.values();
        for (int i = 0; i < ids.length; i++) {
            ids[i] = ids[i] < 0 ? TrackIds.NONE : trackOf(ids[i], tracks);
        }
        int[] ends = new int[matrix.rows()];
        Arrays.setAll(ends, row -> (row + 1) * matrix.columns());
        return new Rows(
                keys,
                0,
                new int[0],
                ends,
                ids,
                scores == null ? new float[0] : scores.values(),
                new int[0],
                Texts.NONE,
                Texts.NONE,
                AttributeRows.NONE);
    }

    private static int trackOf(int row, KeyIndex tracks) {
        if (tracks.isIdentity()) {
            return row;
        }
        return row < tracks.size() ? (int) tracks.keyAt(row) : TrackIds.UNKNOWN;
    }

    /** Collects rows; reusable after {@link #take}. */
    static final class Builder {
        final IntBuilder ids = new IntBuilder(64);

        /** The bits of floats. */
        final IntBuilder scores = new IntBuilder(64);

        final TextsBuilder artists = new TextsBuilder();
        final TextsBuilder titles = new TextsBuilder();
        final AttributeRows.Builder attributes = new AttributeRows.Builder();
        private final IntBuilder ends = new IntBuilder(64);
        private final IntBuilder lines = new IntBuilder(64);
        private final IntBuilder durations = new IntBuilder(64);
        private long[] keys = new long[64];
        private int duration;
        private boolean hasDurations;

        /** Sets the duration of the row that ends next, in ms; 0 if it is unknown. */
        void setDuration(int millis) {
            duration = millis;
            hasDurations |= millis > 0;
        }

        /** Ends the row of the ids and texts added since the last row. */
        void endRow(long key, int line) {
            int row = ends.size();
            if (row == keys.length) {
                keys = Arrays.copyOf(keys, row * 2);
            }
            keys[row] = key;
            attributes.endRow(row);
            lines.add(line);
            durations.add(duration);
            duration = 0;
            ends.add(ids.size());
        }

        Rows take() {
            var rows = new Rows(
                    Arrays.copyOf(keys, ends.size()),
                    0,
                    lines.toArray(),
                    ends.toArray(),
                    ids.toArray(),
                    floats(scores.toArray()),
                    hasDurations ? durations.toArray() : new int[0],
                    artists.take(),
                    titles.take(),
                    attributes.take());
            ids.clear();
            scores.clear();
            durations.clear();
            hasDurations = false;
            ends.clear();
            lines.clear();
            return rows;
        }
    }

    private static float[] floats(int[] bits) {
        float[] floats = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            floats[i] = Float.intBitsToFloat(bits[i]);
        }
        return floats;
    }

    static final class TextsBuilder {
        private final ByteBuilder utf8 = new ByteBuilder(64);
        private final IntBuilder ends = new IntBuilder(64);

        /** Reads the next text. */
        void read(JsonCursor json, String message) {
            json.string(utf8, message);
            ends.add(utf8.size());
        }

        int count() {
            return ends.size();
        }

        Texts take() {
            var texts = new Texts(utf8.toArray(), ends.toArray());
            utf8.clear();
            ends.clear();
            return texts;
        }
    }
}

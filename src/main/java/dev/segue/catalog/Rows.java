package dev.segue.catalog;

import dev.segue.json.ByteBuilder;
import dev.segue.json.IntBuilder;
import dev.segue.json.JsonCursor;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows as they stand in a file, before anything is checked against other rows: a key, a list of ids, texts.
 *
 * @param keys a row's track or listener
 * @param linesBefore the number of lines in the file before these rows
 * @param lines a row's line among these
 * @param ends the end of a row's ids, which start where the row before ends
 * @param scores a score for each id; empty where the file has none
 * @param artists the rows' artists, none where the file has none; titles likewise
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Rows(
        long[] keys, int linesBefore, int[] lines, int[] ends, int[] ids, float[] scores, Texts artists, Texts titles) {

    /** Texts one behind the other in UTF-8, each with its end; no ends at all where the rows have no texts. */
    record Texts(byte[] utf8, int[] ends) {
        static final Texts NONE = new Texts(new byte[0], new int[0]);

        int start(int row) {
            return row == 0 ? 0 : ends[row - 1];
        }
    }

    int start(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    Rows behindLine(int linesBefore) {
        return new Rows(keys, linesBefore, lines, ends, ids, scores, artists, titles);
    }

    /** Rows for tracks 0, 1, 2, … of a matrix, and scores of the same shape, if there are any. */
    static Rows of(IntMatrix matrix, @Nullable FloatMatrix scores) {
        long[] keys = new long[matrix.rows()];
        Arrays.setAll(keys, row -> row);
        int[] ends = new int[matrix.rows()];
        Arrays.setAll(ends, row -> (row + 1) * matrix.columns());
        return new Rows(
                keys,
                0,
                new int[0],
                ends,
                matrix.values(),
                scores == null ? new float[0] : scores.values(),
                Texts.NONE,
                Texts.NONE);
    }

    /** Collects rows, and can be used again after {@link #take}. */
    static final class Builder {
        final IntBuilder ids = new IntBuilder(64);

        /** The bits of floats. */
        final IntBuilder scores = new IntBuilder(64);

        final TextsBuilder artists = new TextsBuilder();
        final TextsBuilder titles = new TextsBuilder();
        private final IntBuilder ends = new IntBuilder(64);
        private final IntBuilder lines = new IntBuilder(64);
        private long[] keys = new long[64];

        /** Ends a row whose ids and texts were added before. */
        void endRow(long key, int line) {
            int row = ends.size();
            if (row == keys.length) {
                keys = Arrays.copyOf(keys, row * 2);
            }
            keys[row] = key;
            lines.add(line);
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
                    artists.take(),
                    titles.take());
            ids.clear();
            scores.clear();
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
        void read(JsonCursor json, String otherwise) {
            json.string(utf8, otherwise);
            ends.add(utf8.size());
        }

        private Texts take() {
            var texts = new Texts(utf8.toArray(), ends.toArray());
            utf8.clear();
            ends.clear();
            return texts;
        }
    }
}

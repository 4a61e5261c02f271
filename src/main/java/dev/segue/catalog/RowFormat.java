package dev.segue.catalog;

import dev.segue.id.TrackIds;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * The format of {@link RowCache}: a head that states what was parsed, the arrays of {@link Rows} with the parts joined, and a
 * checksum. String ids of tracks, whose numbers differ between processes, and attributes cannot be held.
 */
final class RowFormat {

    /** The format's number; another number for each change of it. */
    private static final long FORMAT = 0x5345475545000001L;

    private RowFormat() {}

    /** Whether rows can be written. */
    static boolean canHold(List<Rows> parts) {
        return parts.stream()
                .allMatch(part -> part.attributes().rows().length == 0
                        && Arrays.stream(part.keys()).noneMatch(key -> TrackIds.isText((int) key))
                        && Arrays.stream(part.ids()).noneMatch(TrackIds::isText));
    }

    static void write(OutputStream out, long program, LineBytes lines, List<Rows> parts) throws IOException {
        var arrays = new ArrayOutput(out);
        for (long value : new long[] {FORMAT, program, lines.count(), lines.getValue()}) {
            arrays.putLong(value);
        }
        arrays.putLong(parts.stream().mapToLong(part -> part.keys().length).sum());
        for (Rows part : parts) {
            arrays.putLongs(part.keys());
        }
        putInts(arrays, parts, Rows::lines, Rows::linesBefore);
        putEnds(arrays, parts, Rows::ends, part -> part.ids().length);
        putInts(arrays, parts, Rows::ids, part -> 0);
        putInts(arrays, parts, part -> bits(part.scores()), part -> 0);
        boolean hasDurations = parts.stream().anyMatch(part -> part.durations().length > 0);
        putInts(arrays, parts, part -> hasDurations ? durations(part) : part.durations(), part -> 0);
        putTexts(arrays, parts, Rows::artists);
        putTexts(arrays, parts, Rows::titles);
        arrays.end();
    }

    private static void putInts(
            ArrayOutput arrays, List<Rows> parts, Function<Rows, int[]> values, ToIntFunction<Rows> addend)
            throws IOException {
        arrays.putLong(
                parts.stream().mapToLong(part -> values.apply(part).length).sum());
        for (Rows part : parts) {
            arrays.putInts(plus(values.apply(part), addend.applyAsInt(part)));
        }
    }

    /** Writes ends relative to the start of the first part. */
    private static void putEnds(
            ArrayOutput arrays, List<Rows> parts, Function<Rows, int[]> ends, ToIntFunction<Rows> length)
            throws IOException {
        arrays.putLong(parts.stream().mapToLong(part -> ends.apply(part).length).sum());
        int before = 0;
        for (Rows part : parts) {
            arrays.putInts(plus(ends.apply(part), before));
            before += length.applyAsInt(part);
        }
    }

    private static void putTexts(ArrayOutput arrays, List<Rows> parts, Function<Rows, Rows.Texts> texts)
            throws IOException {
        arrays.putLong(parts.stream()
                .mapToLong(part -> texts.apply(part).utf8().length)
                .sum());
        for (Rows part : parts) {
            arrays.putBytes(texts.apply(part).utf8());
        }
        putEnds(
                arrays,
                parts,
                part -> texts.apply(part).ends(),
                part -> texts.apply(part).utf8().length);
    }

    private static int[] plus(int[] values, int addend) {
        return addend == 0
                ? values
                : Arrays.stream(values).map(value -> value + addend).toArray();
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
        return bits;
    }

    /** The durations of all rows, 0 where unknown, since a part without known durations has none. */
    private static int[] durations(Rows part) {
        return part.durations().length > 0 ? part.durations() : new int[part.keys().length];
    }

    /**
     * Reads rows.
     *
     * @param size of the file in bytes
     * @return empty if they are of other lines or of another program
     * @throws IOException if the file is damaged
     */
    static Optional<Rows> read(InputStream in, long size, long program, LineBytes lines) throws IOException {
        var arrays = new ArrayInput(in, size);
        for (long expected : new long[] {FORMAT, program, lines.count(), lines.getValue()}) {
            if (arrays.getLong() != expected) {
                return Optional.empty();
            }
        }
        long[] keys = arrays.getLongs();
        int[] lineNumbers = arrays.getInts();
        int[] ends = arrays.getInts();
        int[] ids = arrays.getInts();
        int[] scores = arrays.getInts();
        int[] durations = arrays.getInts();
        var artists = new Rows.Texts(arrays.getBytes(), arrays.getInts());
        var titles = new Rows.Texts(arrays.getBytes(), arrays.getInts());
        arrays.end();
        return Optional.of(new Rows(
                keys, 0, lineNumbers, ends, ids, floats(scores), durations, artists, titles, AttributeRows.NONE));
    }

    private static float[] floats(int[] bits) {
        float[] values = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            values[i] = Float.intBitsToFloat(bits[i]);
        }
        return values;
    }
}

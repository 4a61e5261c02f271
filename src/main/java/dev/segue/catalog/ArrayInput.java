package dev.segue.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Reads what {@link ArrayOutput} has written. Damage is found at the end at the latest; until then the content may be wrong. */
final class ArrayInput {

    private final InputStream in;
    private final CRC32C checksum = new CRC32C();
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    private long rest;

    /** @param size number of bytes of the whole file */
    ArrayInput(InputStream in, long size) {
        this.in = in;
        rest = size;
    }

    long getLong() throws IOException {
        read(buffer.array(), Long.BYTES);
        return buffer.getLong(0);
    }

    /** Reads the length of an array, after which the file has that many elements at least. */
    private int length(int elementBytes) throws IOException {
        long length = getLong();
        if (length < 0 || length > rest / elementBytes) {
            throw new IOException("an array of " + length + " elements exceeds the file");
        }
        return Math.toIntExact(length);
    }

    long[] getLongs() throws IOException {
        long[] values = new long[length(Long.BYTES)];
        int step = buffer.capacity() / Long.BYTES;
        for (int from = 0; from < values.length; from += step) {
            int count = Math.min(step, values.length - from);
            read(buffer.array(), count * Long.BYTES);
            buffer.asLongBuffer().get(values, from, count);
        }
        return values;
    }

    int[] getInts() throws IOException {
        int[] values = new int[length(Integer.BYTES)];
        int step = buffer.capacity() / Integer.BYTES;
        for (int from = 0; from < values.length; from += step) {
            int count = Math.min(step, values.length - from);
            read(buffer.array(), count * Integer.BYTES);
            buffer.asIntBuffer().get(values, from, count);
        }
        return values;
    }

    byte[] getBytes() throws IOException {
        byte[] values = new byte[length(Byte.BYTES)];
        read(values, values.length);
        return values;
    }

    /**
     * Compares the checksum.
     *
     * @throws IOException if it is another one, or more bytes follow
     */
    void end() throws IOException {
        long computed = checksum.getValue();
        if (getLong() != computed || rest != 0) {
            throw new IOException("the checksum is another one");
        }
    }

    private void read(byte[] bytes, int count) throws IOException {
        if (count > rest || in.readNBytes(bytes, 0, count) < count) {
            throw new IOException("the file is truncated");
        }
        rest -= count;
        checksum.update(bytes, 0, count);
    }
}

package dev.segue.catalog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Writes numbers and arrays in little-endian order, and at the end the checksum of their bytes. */
final class ArrayOutput {

    private final OutputStream out;
    private final CRC32C checksum = new CRC32C();
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

    ArrayOutput(OutputStream out) {
        this.out = out;
    }

    void putLong(long value) throws IOException {
        buffer.putLong(0, value);
        write(Long.BYTES);
    }

    void putLongs(long[] values) throws IOException {
        int step = buffer.capacity() / Long.BYTES;
        for (int from = 0; from < values.length; from += step) {
            int count = Math.min(step, values.length - from);
            buffer.asLongBuffer().put(values, from, count);
            write(count * Long.BYTES);
        }
    }

    void putInts(int[] values) throws IOException {
        int step = buffer.capacity() / Integer.BYTES;
        for (int from = 0; from < values.length; from += step) {
            int count = Math.min(step, values.length - from);
            buffer.asIntBuffer().put(values, from, count);
            write(count * Integer.BYTES);
        }
    }

    void putBytes(byte[] values) throws IOException {
        checksum.update(values);
        out.write(values);
    }

    /** Writes the checksum. */
    void end() throws IOException {
        putLong(checksum.getValue());
    }

    private void write(int bytes) throws IOException {
        checksum.update(buffer.array(), 0, bytes);
        out.write(buffer.array(), 0, bytes);
    }
}

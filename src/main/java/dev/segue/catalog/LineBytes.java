package dev.segue.catalog;

import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** The number and the checksum of the bytes of a file's lines. */
final class LineBytes implements Checksum {

    private final CRC32C checksum = new CRC32C();
    private long count;

    @Override
    public void update(int octet) {
        checksum.update(octet);
        count++;
    }

    @Override
    public void update(byte[] bytes, int from, int length) {
        checksum.update(bytes, from, length);
        count += length;
    }

    @Override
    public long getValue() {
        return checksum.getValue();
    }

    @Override
    public void reset() {
        checksum.reset();
        count = 0;
    }

    /** Number of bytes. */
    long count() {
        return count;
    }
}

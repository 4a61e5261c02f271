package dev.segue.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/**
 * Decompresses gzip data of one or several members. {@link GZIPInputStream} treats trailing bytes that are not a gzip
 * member as the end of the stream, and so silently skips uncompressed lines after a member; this class rejects them.
 */
final class GzipStream extends GZIPInputStream {

    /** Length of the checksum and size after the compressed data of a member. */
    private static final int TRAILER_BYTES = 8;

    /** More than {@link GZIPInputStream} reads of an invalid header. */
    private static final int HEADER_BYTES = 1 << 10;

    private boolean ended;

    GzipStream(BufferedInputStream compressed, int bufferBytes) throws IOException {
        super(compressed, bufferBytes);
    }

    @Override
    protected void fill() throws IOException {
        in.mark(buf.length + HEADER_BYTES);
        super.fill();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read < 0 && !ended) {
            ended = true;
            requireEnd();
        }
        return read;
    }

    /**
     * Checks that the stream ends with the last member. Resets the stream to that position first, since the search for
     * another member has consumed bytes.
     */
    private void requireEnd() throws IOException {
        in.reset();
        in.skipNBytes(len - inf.getRemaining() + TRAILER_BYTES);
        if (in.read() >= 0) {
            throw new UnreadableInput(
                    "the gzip data ends here, and other bytes follow;" + " compress the whole file or none of it");
        }
    }
}

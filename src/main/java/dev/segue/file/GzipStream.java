package dev.segue.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/**
 * Decompresses gzip, one member or several. {@link GZIPInputStream} takes whatever follows a member and is no further one for the
 * end, so that the lines of an uncompressed rest would be left out without a word; here they are refused.
 */
final class GzipStream extends GZIPInputStream {

    /** A checksum and a length stand behind the compressed data of a member. */
    private static final int TRAILER_BYTES = 8;

    /** More than what is read of a header before it turns out to be none. */
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

    /** Goes back to the end of the last member, since the search for another one has taken some of what follows. */
    private void requireEnd() throws IOException {
        in.reset();
        in.skipNBytes(len - inf.getRemaining() + TRAILER_BYTES);
        if (in.read() >= 0) {
            throw new UnreadableInput("the gzip data ends here, and bytes follow that are no gzip data;"
                    + " compress all of the file, or nothing of it");
        }
    }
}

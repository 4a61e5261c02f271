package dev.segue.file;

import com.github.luben.zstd.ZstdInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Decompresses zstd data. Damaged data is reported in words for users; the library's own message refers to its buffers.
 */
final class ZstdStream extends FilterInputStream {

    private ZstdStream(InputStream in) {
        super(in);
    }

    /**
     * Opens a stream of decompressed data.
     *
     * @throws UnreadableInput if the zstd library cannot be loaded
     */
    static InputStream open(InputStream compressed) throws IOException {
        try {
            return new ZstdStream(new ZstdInputStream(compressed));
        } catch (LinkageError e) {
            throw new UnreadableInput(
                    "zstd data, and the library for it cannot be loaded from the temporary folder "
                            + System.getProperty("java.io.tmpdir") + "; unpack the file, as in: zstd -d F",
                    e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (IOException e) {
            throw new UnreadableInput("damaged or truncated zstd data; copy or compress the file again", e);
        }
    }
}

package dev.segue.importing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Compresses on a thread of its own, since compression takes longer than the lines of a log. For one writing thread. */
final class BackgroundGzip extends OutputStream {

    /** Compresses an imported log in 60% of the time of level 6, to 120% of its size. */
    private static final int LEVEL = 3;

    private static final int BLOCK_BYTES = 1 << 16;
    private static final int BLOCKS = 16;
    private static final byte[] END = {};

    private final BlockingQueue<byte[]> blocks = new ArrayBlockingQueue<>(BLOCKS);
    private final Thread thread;
    private byte[] block = new byte[BLOCK_BYTES];
    private int used;
    private boolean closed;
    private boolean thrownBefore;
    private volatile @Nullable Throwable failure;

    /** @param out closed with this stream */
    BackgroundGzip(OutputStream out) {
        thread = new Thread(() -> compress(out), "segue-import-gzip");
        thread.setDaemon(true);
        thread.start();
    }

    private void compress(OutputStream out) {
        try (OutputStream gzip = new Gzip(out)) {
            for (byte[] next = blocks.take(); next != END; next = blocks.take()) {
                gzip.write(next);
            }
        } catch (InterruptedException e) {
            failure = e;
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
            drain();
        }
    }

    /** Takes the remaining blocks, so that the writing thread does not wait for room. */
    private void drain() {
        try {
            byte[] next;
            do {
                next = blocks.take();
            } while (next != END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int written = 0;
        while (written < length) {
            if (used == BLOCK_BYTES) {
                put(block);
                block = new byte[BLOCK_BYTES];
                used = 0;
            }
            int part = Math.min(length - written, BLOCK_BYTES - used);
            System.arraycopy(bytes, offset + written, block, used, part);
            used += part;
            written += part;
        }
    }

    private void put(byte[] next) throws IOException {
        throwFailure();
        try {
            blocks.put(next);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Throws the failure of the other thread, once. */
    private void throwFailure() throws IOException {
        Throwable thrown = failure;
        if (thrown != null && !thrownBefore) {
            thrownBefore = true;
            throw thrown instanceof IOException e ? e : new IOException("compression failed", thrown);
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (failure == null) {
                blocks.put(Arrays.copyOf(block, used));
            }
            blocks.put(END);
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        throwFailure();
    }

    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream out) throws IOException {
            super(out, BLOCK_BYTES);
            def.setLevel(LEVEL);
        }
    }
}

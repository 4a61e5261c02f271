package dev.segue.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens real files on a simulated disk that can hang, fill up and fail. */
final class FaultyDisk implements LogFile.Opener {

    private static final long UNLIMITED = 1L << 60;

    private final Semaphore writeFailures = new Semaphore(0);
    private final Semaphore hangs = new Semaphore(0);
    private final Semaphore forces = new Semaphore(0);
    private volatile @Nullable CountDownLatch gate;
    private long space = UNLIMITED; // guarded by this
    private volatile boolean truncateSucceeds = true;
    private volatile boolean forcesSucceed = true;

    /** Makes writes hang until {@link #resume}. */
    void hang() {
        gate = new CountDownLatch(1);
    }

    void resume() {
        CountDownLatch closed = gate;
        gate = null;
        if (closed != null) {
            closed.countDown();
        }
    }

    /** Limits the bytes that can still be written. */
    synchronized void fillUpAfter(long bytes) {
        space = bytes;
    }

    synchronized void free() {
        space = UNLIMITED;
    }

    void failTruncate() {
        truncateSucceeds = false;
    }

    void setForcesSucceed(boolean succeed) {
        forcesSucceed = succeed;
    }

    void awaitHang() throws InterruptedException {
        await(hangs, 1);
    }

    void awaitWriteFailures(int count) throws InterruptedException {
        await(writeFailures, count);
    }

    void awaitForces(int count) throws InterruptedException {
        await(forces, count);
    }

    private static void await(Semaphore semaphore, int permits) throws InterruptedException {
        if (!semaphore.tryAcquire(permits, 60, TimeUnit.SECONDS)) {
            throw new AssertionError("the log did not reach this state");
        }
    }

    @Override
    public LogFile open(Path path) throws IOException {
        LogFile real = LogFile.open(path);
        return new LogFile() {
            @Override
            public int write(ByteBuffer bytes) throws IOException {
                waitAtGate();
                int limit = bytes.limit();
                bytes.limit(bytes.position() + takeSpace(bytes.remaining()));
                try {
                    return real.write(bytes);
                } finally {
                    bytes.limit(limit);
                }
            }

            @Override
            public void truncate(long size) throws IOException {
                if (!truncateSucceeds) {
                    throw new IOException("cannot truncate");
                }
                releaseSpace(real.size() - size);
                real.truncate(size);
            }

            @Override
            public void force() throws IOException {
                forces.release();
                if (!forcesSucceed) {
                    throw new IOException("Input/output error");
                }
                real.force();
            }

            @Override
            public long size() throws IOException {
                return real.size();
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }

    private synchronized int takeSpace(int requested) throws IOException {
        if (space == 0) {
            writeFailures.release();
            throw new IOException("No space left on device");
        }
        int granted = (int) Math.min(requested, space);
        space -= granted;
        return granted;
    }

    private synchronized void releaseSpace(long bytes) {
        space += bytes;
    }

    private void waitAtGate() {
        CountDownLatch closed = gate;
        if (closed == null) {
            return;
        }
        hangs.release();
        try {
            closed.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

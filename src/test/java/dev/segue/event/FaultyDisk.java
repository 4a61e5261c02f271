package dev.segue.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Real files on a disk that can be made to hang, to fill up and to fail. */
final class FaultyDisk implements LogFile.Opener {

    private static final long PLENTY = 1L << 60;

    private final Semaphore refusals = new Semaphore(0);
    private final Semaphore hangs = new Semaphore(0);
    private final Semaphore forces = new Semaphore(0);
    private volatile @Nullable CountDownLatch gate;
    private long space = PLENTY; // guarded by this
    private volatile boolean truncates = true;
    private volatile boolean forcesWork = true;

    /** From now on writes hang until {@link #resume}. */
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

    /** From now on only so many bytes can be written. */
    synchronized void fillUpAfter(long bytes) {
        space = bytes;
    }

    synchronized void free() {
        space = PLENTY;
    }

    void refuseToTruncate() {
        truncates = false;
    }

    void letForcesWork(boolean work) {
        forcesWork = work;
    }

    void awaitHang() throws InterruptedException {
        await(hangs, 1);
    }

    void awaitRefusals(int count) throws InterruptedException {
        await(refusals, count);
    }

    void awaitForces(int count) throws InterruptedException {
        await(forces, count);
    }

    private static void await(Semaphore semaphore, int permits) throws InterruptedException {
        if (!semaphore.tryAcquire(permits, 60, TimeUnit.SECONDS)) {
            throw new AssertionError("the log never came here");
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
                if (!truncates) {
                    throw new IOException("cannot truncate");
                }
                giveSpace(real.size() - size);
                real.truncate(size);
            }

            @Override
            public void force() throws IOException {
                forces.release();
                if (!forcesWork) {
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

    private synchronized int takeSpace(int wanted) throws IOException {
        if (space == 0) {
            refusals.release();
            throw new IOException("No space left on device");
        }
        int given = (int) Math.min(wanted, space);
        space -= given;
        return given;
    }

    private synchronized void giveSpace(long bytes) {
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

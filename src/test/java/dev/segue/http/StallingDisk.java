package dev.segue.http;

import dev.segue.event.LogFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Real files on a disk that can stall or be full. */
final class StallingDisk implements LogFile.Opener {
    private volatile CountDownLatch working = new CountDownLatch(0);
    private volatile boolean full;

    /** Blocks writes until {@link #work}. */
    void stall() {
        if (working.getCount() == 0) { // else blocked writes keep their latch
            working = new CountDownLatch(1);
        }
    }

    void fill() {
        full = true;
    }

    /** Lets writes succeed again. */
    void work() {
        full = false;
        working.countDown();
    }

    @Override
    public LogFile open(Path path) throws IOException {
        LogFile file = LogFile.open(path);
        return new LogFile() {
            @Override
            public int write(ByteBuffer bytes) throws IOException {
                try {
                    working.await();
                } catch (InterruptedException interrupted) {
                    throw new IOException(interrupted);
                }
                if (full) {
                    throw new IOException("No space left on device");
                }
                return file.write(bytes);
            }

            @Override
            public void truncate(long size) throws IOException {
                file.truncate(size);
            }

            @Override
            public void force() throws IOException {
                file.force();
            }

            @Override
            public long size() throws IOException {
                return file.size();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }
}

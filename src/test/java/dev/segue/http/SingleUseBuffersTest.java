package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.junit.jupiter.api.Test;

class SingleUseBuffersTest {

    private final SingleUseBuffers pool = new SingleUseBuffers(new ArrayByteBufferPool());

    @Test
    void secondReleaseDoesNotFreeTheNextOwnersBuffer() {
        pool.acquire(1000, true).release(); // from here on the memory comes from the pool
        var stale = pool.acquire(1000, true);
        var memory = stale.getByteBuffer();
        stale.release();
        var next = pool.acquire(1000, true);
        assertSame(memory, next.getByteBuffer());

        assertThrows(IllegalStateException.class, stale::release);

        assertNotSame(memory, pool.acquire(1000, true).getByteBuffer());
    }

    @Test
    void buffersAreReturnedByTheLastRelease() {
        pool.acquire(1000, true).release();
        var buffer = pool.acquire(1000, true);
        var memory = buffer.getByteBuffer();
        buffer.retain();
        buffer.release();
        assertNotSame(memory, pool.acquire(1000, true).getByteBuffer());
        buffer.release();
        assertSame(memory, pool.acquire(1000, true).getByteBuffer());
    }
}

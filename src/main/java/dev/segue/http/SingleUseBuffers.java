package dev.segue.http;

import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Retainable;
import org.eclipse.jetty.io.RetainableByteBuffer;

/**
 * A pool that returns a new handle with each acquisition, which protects the buffer's next owner.
 *
 * <p>Jetty's {@code ArrayByteBufferPool} returns the same object each time. An owner that releases it twice releases it for the
 * next owner, and two connections share one buffer; {@link SerialConnection} describes the cause. Here the second release
 * fails on the first owner's handle, and the buffer stays with its present owner.
 */
final class SingleUseBuffers extends ByteBufferPool.Wrapper {

    /**
     * @param pool lends the memory
     */
    SingleUseBuffers(ByteBufferPool pool) {
        super(pool);
    }

    @Override
    public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
        RetainableByteBuffer lent = super.acquire(size, direct);
        return new RetainableByteBuffer.FixedCapacity(lent.getByteBuffer(), new Loan(lent));
    }

    /** Returns the buffer with the last release of the handle, once. */
    private static final class Loan extends Retainable.ReferenceCounter {
        private final RetainableByteBuffer lent;

        Loan(RetainableByteBuffer lent) {
            this.lent = lent;
        }

        @Override
        public boolean release() {
            boolean ended = super.release();
            if (ended) {
                lent.release();
            }
            return ended;
        }
    }
}

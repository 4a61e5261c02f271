package dev.segue.http;

import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Retainable;
import org.eclipse.jetty.io.RetainableByteBuffer;

/**
 * A pool that gives out a new handle with each acquisition, in defence of the buffer's next owner.
 *
 * <p>Jetty's {@code ArrayByteBufferPool} gives out the same object again and again. An owner that releases it once too often
 * takes it from the next owner, and two connections share one buffer; {@link SerialConnection} tells how that came about.
 * Here the second release fails on the owner's own handle, and the buffer stays with the connection that has it.
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

    /** Ends with the last release of the handle, and only once. */
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

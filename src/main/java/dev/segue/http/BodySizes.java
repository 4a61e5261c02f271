package dev.segue.http;

import dev.segue.platform.Heap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * The longest bodies accepted, and the memory for batches. The number of connections bounds the memory of all other requests. A batch
 * needs more than a connection's share, so batches in progress have a share of the heap of their own.
 */
final class BodySizes {

    /** The path whose bodies are batches. */
    static final String BATCHES = "/next_tracks";

    /** The end of the paths whose bodies have many listens; they count as batches. */
    static final String LISTENS = "/1/submit-listens";

    /** A batch may be as long as this number of other bodies. */
    private static final int BODIES_OF_BATCH = 64;

    private static final int MAX_BATCH = 16 << 20;

    private static final double BATCHES_SHARE = 1.0 / 16;

    /** Bytes of a batch in memory for each byte of its body: the body, its queries, and their responses. */
    private static final int BYTES_OF_BYTE = 16;

    private static final int BYTES_OF_BATCH = 64 << 10;

    private final int single;
    private final int batch;
    private final long batchMemory;
    private final AtomicLong reserved = new AtomicLong();

    /** @param single the longest body but that of a batch, {@code server.max_body_bytes} */
    BodySizes(int single) {
        this(single, Heap.share(BATCHES_SHARE));
    }

    /** @param batchMemory maximum memory of all batches in progress, in bytes */
    BodySizes(int single, long batchMemory) {
        this.single = single;
        this.batchMemory = batchMemory;
        long affordable = Math.max(single, (batchMemory - BYTES_OF_BATCH) / BYTES_OF_BYTE);
        batch = (int) Math.min(Math.min((long) BODIES_OF_BATCH * single, MAX_BATCH), affordable);
    }

    /** The longest body of a request for one track, and the longest line of a batch, in bytes. */
    int single() {
        return single;
    }

    /** The longest body of a batch, in bytes. */
    int batch() {
        return batch;
    }

    /** The longest body of a request, in bytes. */
    int max(Request request) {
        return isBatch(request) ? batch : single;
    }

    /**
     * Reserves the memory of a request until it has ended.
     *
     * @return false if the batches in progress leave too little
     */
    boolean reserve(Request request) {
        if (!isBatch(request)) {
            return true;
        }
        boolean isLengthKnown =
                request.getLength() >= 0 && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        long length = isLengthKnown ? Math.min(request.getLength(), batch) : batch;
        long bytes = BYTES_OF_BATCH + BYTES_OF_BYTE * length;
        if (reserved.addAndGet(bytes) > batchMemory) {
            reserved.addAndGet(-bytes);
            return false;
        }
        Request.addCompletionListener(request, failure -> reserved.addAndGet(-bytes));
        return true;
    }

    private static boolean isBatch(Request request) {
        String path = Request.getPathInContext(request);
        return path != null && (path.equals(BATCHES) || path.endsWith(LISTENS));
    }
}

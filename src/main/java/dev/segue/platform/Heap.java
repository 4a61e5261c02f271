package dev.segue.platform;

/** The size of the heap, for limits that are derived from it. */
public final class Heap {

    private Heap() {}

    /** Maximum size of the heap ({@code -Xmx}), in bytes. */
    public static long bytes() {
        return Runtime.getRuntime().maxMemory();
    }

    /** A share of {@link #bytes}, in bytes; the argument is in 0..1. */
    public static long share(double share) {
        return (long) (bytes() * share);
    }

    /** Maximum size of the heap, in MiB. */
    public static long megabytes() {
        return bytes() >> 20;
    }
}

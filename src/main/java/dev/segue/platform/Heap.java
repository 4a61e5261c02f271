package dev.segue.platform;

/** The size of the heap, for limits that are derived from it. */
public final class Heap {

    private Heap() {}

    /** Most bytes that the heap may have ({@code -Xmx}). */
    public static long bytes() {
        return Runtime.getRuntime().maxMemory();
    }

    /** A share of {@link #bytes}, 0..1. */
    public static long share(double share) {
        return (long) (bytes() * share);
    }

    /** Most megabytes that the heap may have. */
    public static long megabytes() {
        return bytes() >> 20;
    }
}

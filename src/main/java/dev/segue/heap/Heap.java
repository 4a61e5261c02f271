package dev.segue.heap;

/** The size of the heap, for limits that are derived from it. */
public final class Heap {

    private Heap() {}

    /** Most bytes that the heap may have ({@code -Xmx}). */
    public static long bytes() {
        return Runtime.getRuntime().maxMemory();
    }

    /** Most megabytes that the heap may have. */
    public static long megabytes() {
        return bytes() >> 20;
    }
}

package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BodySizesTest {

    @Test
    void aBatchMayBe64TimesAsLongUpTo16MiB() {
        assertEquals(64 * 16_384, new BodySizes(16_384, 1L << 30).batch());
        assertEquals(16 << 20, new BodySizes(1 << 20, 1L << 30).batch());
    }

    @Test
    void theHeapBoundsABatchButNotBelowOtherBodies() {
        assertEquals((10_000_000 - 65_536) / 16, new BodySizes(16_384, 10_000_000).batch());
        assertEquals(16_384, new BodySizes(16_384, 100_000).batch());
    }
}

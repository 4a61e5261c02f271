package dev.segue.simulation.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.simulation.NextTrackException;
import dev.segue.simulation.NextTrackException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestMeterTest {

    private final RequestMeter meter = new RequestMeter(4, RequestClock.SYSTEM);

    @ParameterizedTest
    @EnumSource
    void abortsAfterManyRequestsWithoutAResponse(Kind kind) {
        fail(kind, 23);
        assertFalse(meter.isAborted());
        fail(kind, 1);
        assertEquals(kind == Kind.CONNECTION || kind == Kind.TIMEOUT, meter.isAborted());
        assertEquals(meter.isAborted(), meter.figures().vanished());
    }

    @Test
    void aResponseResetsTheCount() {
        fail(Kind.TIMEOUT, 23);
        meter.recordContact();
        fail(Kind.TIMEOUT, 23);
        assertFalse(meter.isAborted());
        fail(Kind.CONNECTION, 1);
        assertTrue(meter.isAborted());
    }

    @ParameterizedTest
    @EnumSource(names = {"CLIENT_ERROR", "SERVER_ERROR", "GARBAGE"})
    void anInvalidResponseResetsTheCount(Kind kind) {
        fail(Kind.TIMEOUT, 23);
        fail(kind, 1);
        fail(Kind.TIMEOUT, 23);
        assertFalse(meter.isAborted());
    }

    private void fail(Kind kind, int times) {
        for (int i = 0; i < times; i++) {
            meter.recordFailure(new NextTrackException(kind, "no", null));
        }
    }
}

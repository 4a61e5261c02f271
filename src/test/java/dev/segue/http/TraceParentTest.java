package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of W3C Trace Context, sections 3.2.2 (the header) and 4 (versions). */
class TraceParentTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    private static @Nullable TraceParent parsed(String value) {
        return TraceParent.of(HttpFields.build().add("traceparent", value));
    }

    @ParameterizedTest
    @CsvSource({
        "00, -01",
        "00, -00",
        "00, -ff",
        "01, -01",
        "cc, -01",
        "fe, -01",
        "01, -01-",
        "01, -01-what-the-future-will-be-like",
        "fe, '-01-1,2 3'",
    })
    void theFieldsOfTheFirstVersionAreRead(String version, String rest) {
        assertEquals(new TraceParent(TRACE, SPAN), parsed(version + "-" + TRACE + "-" + SPAN + rest));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "ff-" + TRACE + "-" + SPAN + "-01-more",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "01-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "cc-" + TRACE + "-0000000000000000-01-more",
                "00-" + TRACE + "-" + SPAN,
                "00-" + TRACE + "-" + SPAN + "-",
                "00-" + TRACE + "-" + SPAN + "-1",
                "00-" + TRACE + "-" + SPAN + "-0G",
                "00-" + TRACE + "-" + SPAN + "-01-",
                "00-" + TRACE + "-" + SPAN + "-01-more",
                "01-" + TRACE + "-" + SPAN + "-01.more",
                "01-" + TRACE + "-" + SPAN + "-011",
                "0-" + TRACE + "-" + SPAN + "-01",
                "000-" + TRACE + "-" + SPAN + "-01",
                "0x-" + TRACE + "-" + SPAN + "-01",
                "FE-" + TRACE + "-" + SPAN + "-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
                "00-" + TRACE + "0-" + SPAN + "-01",
                "00-" + TRACE + "-00F067AA0BA902B7-01",
                "00_" + TRACE + "_" + SPAN + "_01",
                "00-" + TRACE + "-" + SPAN + "-01\n",
                " 00-" + TRACE + "-" + SPAN + "-01",
            })
    void otherValuesAreIgnored(String value) {
        assertNull(parsed(value));
    }

    @Test
    void aRequestWithoutOneOrWithSeveralHasNone() {
        String value = "00-" + TRACE + "-" + SPAN + "-01";
        assertNull(TraceParent.of(HttpFields.EMPTY));
        assertNull(TraceParent.of(HttpFields.build().add("traceparent", value).add("Traceparent", value)));
        assertEquals(
                new TraceParent(TRACE, SPAN), TraceParent.of(HttpFields.build().add("TraceParent", value)));
    }
}

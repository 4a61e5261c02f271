package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainQueryTest {

    private static final String CHARACTERS = "ab=&=&=&=&17.-_~%+; ü/?\u0000";

    @Test
    void theQueryOfARequestIsPlain() {
        Map<String, String[]> parameters = PlainQuery.parameters("user=1&track=10&time=0.3");
        assertNotNull(parameters);
        assertEquals(3, parameters.size());
        assertArrayEquals(new String[] {"0.3"}, parameters.get("time"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "a",
                "a=",
                "=1",
                "a=1&",
                "&a=1",
                "a=1&&b=2",
                "a=1&a=2",
                "a=%31",
                "a=1+2",
                "a=1;b=2",
                "a=b=c",
                "a=ü"
            })
    void othersAreLeftToJetty(String query) {
        assertNull(PlainQuery.parameters(query));
    }

    @Test
    void plainQueriesAreReadAsJettyReadsThem() {
        var random = new Random(1);
        int plain = 0;
        for (int i = 0; i < 300_000; i++) {
            String query = query(random);
            Map<String, String[]> parameters = PlainQuery.parameters(query);
            if (parameters != null) {
                plain++;
                Fields expected = new Fields(true);
                UrlEncoded.decodeUtf8To(query, expected);
                Map<String, String[]> jettys = expected.toStringArrayMap();
                assertEquals(new ArrayList<>(jettys.keySet()), new ArrayList<>(parameters.keySet()), query);
                jettys.forEach((name, values) -> assertArrayEquals(values, parameters.get(name), query));
            }
        }
        assertTrue(plain > 1000, plain + " plain queries");
    }

    private static String query(Random random) {
        int bound = random.nextBoolean() ? CHARACTERS.indexOf('%') : CHARACTERS.length();
        var query = new StringBuilder();
        for (int length = random.nextInt(16); length > 0; length--) {
            query.append(CHARACTERS.charAt(random.nextInt(bound)));
        }
        return query.toString();
    }
}

package dev.segue.simulation.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.segue.id.ListenerId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlFormTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12|true|true",
                "anna|true|true",
                "anna maria;ö?#&+|true|true",
                "a.b|true|true",
                "007|false|false",
                "-1|false|false",
                "a/b|true|false",
                "a\\b|true|false",
                "%|true|false",
                "..|true|false",
                ".|true|false"
            })
    void mostListenersHaveAFormInUrls(String text, boolean inQuery, boolean inPath) {
        assertEquals(inQuery, UrlForm.inQuery(ListenerId.ofString(text)));
        assertEquals(inPath, UrlForm.inPath(ListenerId.ofString(text)));
    }
}

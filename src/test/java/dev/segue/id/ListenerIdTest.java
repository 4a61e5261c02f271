package dev.segue.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerIdTest {

    @Test
    void theKeyOfANumberIsTheNumber() {
        assertEquals(42, ListenerId.parse("42").key());
        assertEquals(Long.MAX_VALUE, ListenerId.parse("9223372036854775807").key());
        assertFalse(ListenerId.parse("42").quoted());
    }

    @Test
    void aStringOfDigitsHasTheKeyOfTheNumberAndKeepsItsQuotes() {
        assertEquals(ListenerId.of(42).key(), ListenerId.ofString("42").key());
        assertTrue(ListenerId.ofString("42").quoted());
    }

    @Test
    void keysOfStringsAreNegative() {
        assertTrue(ListenerId.parse("2f1c9c1e-6f0c-4f0e-8a7e-000000000001").key() < 0);
        assertNotEquals(ListenerId.parse("a").key(), ListenerId.parse("b").key());
    }

    @Test
    void jsonStringsThatLookLikeInvalidNumbersAreAccepted() {
        assertTrue(ListenerId.ofString("507199811111111111111111").key() < 0);
        assertTrue(ListenerId.ofString("007").key() < 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "9223372036854775808", "99999999999999999999", "007", "NaN", "+1", ""})
    void untypedTextThatLooksLikeAnInvalidNumberIsRejected(String text) {
        assertThrows(IllegalArgumentException.class, () -> ListenerId.parse(text));
    }

    @Test
    void stringsHaveAtMost128CharactersOfValidUnicode() {
        assertEquals(128, ListenerId.parse("x".repeat(128)).text().length());
        assertThrows(IllegalArgumentException.class, () -> ListenerId.parse("x".repeat(129)));
        assertThrows(IllegalArgumentException.class, () -> ListenerId.ofString("\uD800"));
    }
}

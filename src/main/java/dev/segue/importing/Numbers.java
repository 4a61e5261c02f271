package dev.segue.importing;

/** Parses numbers in text. */
final class Numbers {

    /** Numbers of so many digits are exact in doubles. */
    private static final int EXACT_DIGITS = 15;

    private Numbers() {}

    /** The number in a text, or NaN if it is not a finite decimal number. */
    static double parse(String text) {
        int length = text.length();
        long whole = 0;
        int i = 0;
        while (i < length && isDigit(text.charAt(i))) {
            whole = 10 * whole + text.charAt(i++) - '0';
        }
        if (i == length && length > 0 && length <= EXACT_DIGITS) {
            return whole;
        }
        if (!isDecimal(text)) {
            return Double.NaN; // an exception would take long
        }
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? number : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Whether a text has only characters of decimal numbers, and signs only at their places. */
    private static boolean isDecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isSign = (c == '-' || c == '+') && (i == 0 || (text.charAt(i - 1) | 0x20) == 'e');
            if (!isDigit(c) && c != '.' && (c | 0x20) != 'e' && !isSign) {
                return false;
            }
        }
        return true;
    }

    /** Whether a text is a whole number from 0 to a bound, without leading zeros. */
    static boolean isCanonical(String text, long max) {
        int length = text.length();
        if (length == 0 || length > 19 || (length > 1 && text.charAt(0) == '0')) {
            return false;
        }
        long number = 0;
        for (int i = 0; i < length; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            number = 10 * number + digit;
        }
        return number >= 0 && number <= max; // an overflow of 19 digits is negative
    }
}

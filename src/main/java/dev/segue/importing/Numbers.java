package dev.segue.importing;

/** Parses numbers in text. */
final class Numbers {

    private Numbers() {}

    /** The number in a text, or NaN if it is not a finite decimal number. */
    static double parse(String text) {
        if (text.isEmpty() || "0123456789+-.".indexOf(text.charAt(0)) < 0) {
            return Double.NaN; // before an exception, which takes long
        }
        int length = text.length();
        if (length <= 15) {
            long whole = 0;
            int i = 0;
            while (i < length && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
                whole = 10 * whole + text.charAt(i++) - '0';
            }
            if (i == length) {
                return whole;
            }
        }
        char last = text.charAt(length - 1);
        if ((last < '0' || last > '9') && last != '.') {
            return Double.NaN;
        }
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? number : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
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

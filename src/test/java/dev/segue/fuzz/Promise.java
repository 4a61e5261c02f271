package dev.segue.fuzz;

/** The promise of a reader: it reads its input, or throws its documented exception with one line that names the place. */
public final class Promise {

    private static final int LONGEST_MESSAGE = 4_000;

    private Promise() {}

    /**
     * Runs a reader on an input.
     *
     * @param refusal the documented exception
     * @param place a part of its message, such as the name of the file
     * @return whether the input was read
     * @throws AssertionError if the message of a refusal has several lines, or does not name the place
     */
    public static boolean keep(Class<? extends RuntimeException> refusal, String place, Runnable reader) {
        try {
            reader.run();
            return true;
        } catch (RuntimeException refused) {
            if (!refusal.isInstance(refused)) {
                throw refused;
            }
            checkMessage(String.valueOf(refused.getMessage()), place);
            return false;
        }
    }

    /**
     * Checks a message for operators.
     *
     * @throws AssertionError if it is longer than a few lines of a terminal, has a line break, or does not name the place
     */
    public static void checkMessage(String message, String place) {
        boolean isOneLine =
                message.chars().noneMatch(c -> c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029);
        if (!isOneLine || message.isBlank() || message.length() > LONGEST_MESSAGE || !message.contains(place)) {
            throw new AssertionError("not one line with the place " + place + ": " + message);
        }
    }
}

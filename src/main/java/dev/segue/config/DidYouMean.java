package dev.segue.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Suggests a known name for a misspelt one. */
final class DidYouMean {

    private DidYouMean() {}

    /** The known name that takes the fewest edits from the given one, without regard to case; the first one of several. */
    private static String to(String given, Collection<String> known) {
        String lower = given.toLowerCase(Locale.ROOT);
        return known.stream()
                .min(Comparator.comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT))))
                .orElseThrow();
    }

    /** The message for a name that is not among the known ones. */
    static String unknown(String what, String given, Collection<String> known) {
        return "unknown " + what + "; did you mean \"" + to(given, known) + "\"? known: " + String.join(", ", known);
    }

    /** Levenshtein distance, one row of the table at a time. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}

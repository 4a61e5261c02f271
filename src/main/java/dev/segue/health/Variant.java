package dev.segue.health;

import dev.segue.config.NeighbourContext;
import dev.segue.config.RuleSettings;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A way in which a recommender of a configuration could be served.
 *
 * @param best from how many of its best tracks it draws uniformly; 0 if it chooses as configured
 * @param context the track whose neighbours are recommended; null for recommenders that have no choice
 * @param rules the session rules it is under; empty for none
 */
public record Variant(int best, @Nullable NeighbourContext context, List<RuleSettings> rules) {

    public Variant {
        rules = List.copyOf(rules);
    }

    /** A few words, such as {@code 20 best, first track, rules}. */
    public String label() {
        return (best == 0 ? "as configured" : best + " best")
                + (context == null ? "" : ", " + context.text() + " track")
                + (rules.isEmpty() ? ", no rules" : ", rules");
    }

    /** The rules' names, with commas between them; empty without rules. */
    public String ruleNames() {
        return rules.stream().map(rule -> rule.type().text()).collect(Collectors.joining(", "));
    }
}

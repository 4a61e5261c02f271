package dev.segue.health;

import dev.segue.config.NeighbourContext;
import dev.segue.config.RuleSettings;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A configuration of a recommender that could be served.
 *
 * @param best number of best tracks from which the recommender draws uniformly; 0 if it chooses as configured
 * @param context the track whose neighbours are recommended; null for recommenders without this setting
 * @param rules the session rules; empty for none
 */
public record Variant(int best, @Nullable NeighbourContext context, List<RuleSettings> rules) {

    public Variant {
        rules = List.copyOf(rules);
    }

    /** A short label, such as {@code 20 best, first track, rules}. */
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

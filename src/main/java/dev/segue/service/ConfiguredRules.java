package dev.segue.service;

import dev.segue.catalog.Catalog;
import dev.segue.config.RuleSettings;
import dev.segue.config.RuleType;
import dev.segue.recommend.ArtistSpacing;
import dev.segue.recommend.DiverseRecommender;
import dev.segue.recommend.Mmr;
import dev.segue.recommend.NoRepeat;
import dev.segue.recommend.Recommender;
import dev.segue.recommend.RuledRecommender;
import dev.segue.recommend.SessionRule;
import dev.segue.recommend.SkipMemory;
import java.util.ArrayList;
import java.util.List;

/** The rules that a configuration names for a recommender, on a catalog. */
final class ConfiguredRules {

    private final Catalog catalog;
    private final List<SessionRule> sessionRules = new ArrayList<>();
    private final List<Mmr> reorderings = new ArrayList<>();

    ConfiguredRules(Catalog catalog, List<RuleSettings> rules) {
        this.catalog = catalog;
        for (RuleSettings rule : rules) {
            if (rule.type() == RuleType.MMR) {
                reorderings.add(
                        new Mmr(catalog.neighbours(), catalog.tracks(), rule.lambda(), rule.pool(), rule.plays()));
            } else {
                sessionRules.add(sessionRule(rule));
            }
        }
    }

    private SessionRule sessionRule(RuleSettings settings) {
        return switch (settings.type()) {
            case NO_REPEAT -> new NoRepeat(settings.hours());
            case ARTIST_SPACING -> new ArtistSpacing(catalog.tracks(), settings.gap(), settings.most());
            case SKIP_MEMORY ->
                new SkipMemory(
                        catalog.neighbours(),
                        settings.skipped(),
                        settings.liked(),
                        settings.resembling(),
                        settings.plays());
            case MMR -> throw new IllegalArgumentException("mmr leaves nothing out");
        };
    }

    /** One link of a chain of fallbacks, with its tracks ordered anew if a rule does that. */
    Recommender link(Recommender recommender) {
        Recommender reordered = recommender;
        for (Mmr mmr : reorderings) {
            reordered = new DiverseRecommender(reordered, mmr);
        }
        return reordered;
    }

    /** A chain of such links, under the rules that leave tracks out. */
    Recommender chain(Recommender recommender) {
        return RuledRecommender.of(recommender, sessionRules, catalog.tracks());
    }
}

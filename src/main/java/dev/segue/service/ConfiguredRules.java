package dev.segue.service;

import dev.segue.catalog.Catalog;
import dev.segue.config.RuleSettings;
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
        rules.forEach(this::add);
    }

    private void add(RuleSettings rule) {
        if (rule instanceof RuleSettings.Mmr mmr) {
            reorderings.add(new Mmr(catalog.neighbours(), catalog.tracks(), mmr.lambda(), mmr.pool(), mmr.plays()));
        } else if (rule instanceof RuleSettings.NoRepeat noRepeat) {
            sessionRules.add(new NoRepeat(noRepeat.hours()));
        } else if (rule instanceof RuleSettings.ArtistSpacing spacing) {
            sessionRules.add(new ArtistSpacing(catalog.tracks(), spacing.gap(), spacing.most()));
        } else if (rule instanceof RuleSettings.SkipMemory skips) {
            sessionRules.add(new SkipMemory(
                    catalog.neighbours(), skips.skipped(), skips.liked(), skips.resembling(), skips.plays()));
        } else {
            throw new IllegalArgumentException("unknown rule " + rule);
        }
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

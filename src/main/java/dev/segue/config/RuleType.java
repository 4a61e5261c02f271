package dev.segue.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The kinds of session rule that a configuration can name. */
public enum RuleType {
    NO_REPEAT(
            "Leaves out the tracks that the session has had, as far back as `history.listens` goes.",
            RuleSettings.NoRepeat::read,
            RuleSettings.NoRepeat.HOURS),
    ARTIST_SPACING(
            "Leaves out artists that were played a moment ago, or often enough in the session.",
            RuleSettings.ArtistSpacing::read,
            RuleSettings.ArtistSpacing.GAP,
            RuleSettings.ArtistSpacing.MOST),
    SKIP_MEMORY(
            "Leaves out skipped tracks, and those that resemble them, for a while. Neighbours are those of the last liked"
                    + " track.",
            RuleSettings.SkipMemory::read,
            RuleSettings.SkipMemory.SKIPPED,
            RuleSettings.SkipMemory.LIKED,
            RuleSettings.SkipMemory.RESEMBLING,
            RuleSettings.SkipMemory.PLAYS),
    MMR(
            "Orders the recommender's best tracks anew by maximal marginal relevance: `lambda` · relevance −"
                    + " (1 − `lambda`) · the largest similarity to a track before it or to one of the last plays.",
            RuleSettings.Mmr::read,
            RuleSettings.Mmr.LAMBDA,
            RuleSettings.Mmr.POOL,
            RuleSettings.Mmr.PLAYS);

    static final Values.Choice<RuleType> NAMES = new Values.Choice<>("rule", RuleType.class);
    static final Values.Form<List<RuleSettings>> RULES =
            new Values.Form<>("array of rules", rules -> rules.list(RuleType::readRule));

    private static final String TYPE = "type";

    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // a method reference
    private final Function<ConfigNode, RuleSettings> reader;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list
    private final List<Key<?>> keys;

    RuleType(String description, Function<ConfigNode, RuleSettings> reader, Key<?>... keys) {
        this.description = description;
        this.reader = reader;
        this.keys = List.of(keys);
    }

    /**
     * The type of a name, such as {@code no-repeat}.
     *
     * @throws IllegalArgumentException if no type has the name
     */
    public static RuleType of(String text) {
        return NAMES.of(text);
    }

    /** The type as the file writes it, such as {@code no-repeat}. */
    public String text() {
        return Values.Choice.text(this);
    }

    /** The rule with the defaults of its parameters. */
    public RuleSettings defaults() {
        var source = new ConfigNode.Source("", Path.of(""), "", Mistakes.thrown());
        return reader.apply(new ConfigNode(source, "", Map.of()));
    }

    /** Reads the name of a type, or an object with {@code type} and parameters. */
    static RuleSettings readRule(ConfigNode at) {
        if (at.value() instanceof String) {
            return NAMES.read(at).defaults();
        }
        RuleType type = NAMES.read(at.get(TYPE));
        List<String> known = new ArrayList<>(List.of(TYPE));
        known.addAll(Key.names(type.keys));
        at.requireKeys(known);
        return at.build(() -> type.reader.apply(at));
    }

    /** In Markdown. */
    String description() {
        return description;
    }

    /** The parameters. */
    List<Key<?>> keys() {
        return keys;
    }
}

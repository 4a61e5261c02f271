package dev.segue.config;

import java.util.List;

/**
 * One session rule: a type, and the settings of that type. In the file, a type's name alone is the rule with its defaults.
 *
 * @param type what the rule does
 * @param gap of {@link RuleType#ARTIST_SPACING}: how many tracks by others lie between two of an artist; 0 for none
 * @param most of {@link RuleType#ARTIST_SPACING}: how many tracks of an artist a session has at most
 * @param skipped of {@link RuleType#SKIP_MEMORY}: a track is skipped if a smaller fraction of it was played, 0 to 1
 * @param liked of {@link RuleType#SKIP_MEMORY}: a track is liked if this fraction of it was played, or more, 0 to 1
 * @param resembling of {@link RuleType#SKIP_MEMORY}: how many of a skipped track's neighbours are left out too
 * @param plays of {@link RuleType#SKIP_MEMORY}: for how many plays; of {@link RuleType#MMR}: with how many plays tracks are compared
 * @param lambda of {@link RuleType#MMR}: the weight of relevance against similarity, 0 to 1
 * @param pool of {@link RuleType#MMR}: how many of the best tracks are ordered anew
 * @param hours of {@link RuleType#NO_REPEAT}: for how long tracks of earlier sessions are left out; 0 for this session alone
 */
public record RuleSettings(
        RuleType type,
        int gap,
        int most,
        double skipped,
        double liked,
        int resembling,
        int plays,
        double lambda,
        int pool,
        int hours) {

    static final Range GAPS = new Range(0, 1000);
    static final Range MOST = new Range(1, 1000);
    static final Range RESEMBLING = new Range(0, 1000);
    static final Range PLAYS = new Range(1, 10_000);
    static final Range POOL = new Range(2, 1000);
    static final Range HOURS = new Range(1, 8760);

    private static final RuleSettings DEFAULTS =
            new RuleSettings(RuleType.NO_REPEAT, 2, 4, 0.25, 0.5, 10, 10, 0.7, 50, 0);

    public RuleSettings {
        GAPS.check("gap", gap);
        MOST.check("most", most);
        RESEMBLING.check("resembling", resembling);
        PLAYS.check("plays", plays);
        POOL.check("pool", pool);
        if (hours != 0) {
            HOURS.check("hours", hours);
        }
        if (!(skipped >= 0 && skipped <= liked && liked <= 1)) {
            throw new IllegalArgumentException("skipped: " + skipped + " and liked: " + liked
                    + " must be fractions from 0 to 1, skipped the smaller one");
        }
        if (!(lambda >= 0 && lambda <= 1)) {
            throw new IllegalArgumentException("lambda: " + lambda + " is not from 0 to 1");
        }
    }

    /** A rule with the defaults of its type. */
    public static RuleSettings defaultOf(RuleType type) {
        return new RuleSettings(
                type,
                DEFAULTS.gap,
                DEFAULTS.most,
                DEFAULTS.skipped,
                DEFAULTS.liked,
                DEFAULTS.resembling,
                DEFAULTS.plays,
                DEFAULTS.lambda,
                DEFAULTS.pool,
                DEFAULTS.hours);
    }

    static List<String> keys(RuleType type) {
        return switch (type) {
            case NO_REPEAT -> List.of("type", "hours");
            case ARTIST_SPACING -> List.of("type", "gap", "most");
            case SKIP_MEMORY -> List.of("type", "skipped", "liked", "resembling", "plays");
            case MMR -> List.of("type", "lambda", "pool", "plays");
        };
    }

    static RuleSettings read(ConfigNode at) {
        if (at.value() instanceof String) {
            return defaultOf(readType(at));
        }
        RuleType type = readType(at.get("type"));
        at.requireKeys(keys(type));
        RuleSettings defaults = defaultOf(type);
        return at.build(() -> new RuleSettings(
                type,
                integer(at, "gap", GAPS, defaults.gap),
                integer(at, "most", MOST, defaults.most),
                at.find("skipped").map(ConfigNode::share).orElse(defaults.skipped),
                at.find("liked").map(ConfigNode::share).orElse(defaults.liked),
                integer(at, "resembling", RESEMBLING, defaults.resembling),
                integer(at, "plays", PLAYS, defaults.plays),
                at.find("lambda").map(ConfigNode::share).orElse(defaults.lambda),
                integer(at, "pool", POOL, defaults.pool),
                integer(at, "hours", HOURS, defaults.hours)));
    }

    private static int integer(ConfigNode at, String key, Range range, int otherwise) {
        return at.find(key).map(given -> (int) given.integer(range)).orElse(otherwise);
    }

    private static RuleType readType(ConfigNode at) {
        String text = at.text();
        try {
            return RuleType.of(text);
        } catch (IllegalArgumentException unknown) {
            throw at.error(String.valueOf(unknown.getMessage()));
        }
    }
}

package dev.segue.config;

/** One session rule. {@link RuleType} describes its effect, and the {@link Key} constants of a record its parameters. */
public sealed interface RuleSettings {

    RuleType type();

    /**
     * {@link RuleType#NO_REPEAT}.
     *
     * @param hours 0 for this session alone
     */
    record NoRepeat(int hours) implements RuleSettings {

        static final Key<Integer> HOURS = Key.integer(
                "hours",
                1,
                8760,
                null,
                "Hours for which tracks of the listener's earlier sessions are left out too, as far as the last"
                        + " `history.listens` plays go. A start then reads as many hours of the log. Without it, only"
                        + " tracks of this session are left out.");

        public NoRepeat {
            if (hours != 0) {
                HOURS.check(hours);
            }
        }

        @Override
        public RuleType type() {
            return RuleType.NO_REPEAT;
        }

        static NoRepeat read(ConfigNode at) {
            return new NoRepeat(HOURS.find(at).orElse(0));
        }
    }

    /** {@link RuleType#ARTIST_SPACING}. */
    record ArtistSpacing(int gap, int most) implements RuleSettings {

        static final Key<Integer> GAP =
                Key.integer("gap", 0, 1000, 2, "Fewest tracks by other artists between two tracks of an artist.");
        static final Key<Integer> MOST = Key.integer("most", 1, 1000, 4, "Most tracks of an artist in a session.");

        public ArtistSpacing {
            GAP.check(gap);
            MOST.check(most);
        }

        @Override
        public RuleType type() {
            return RuleType.ARTIST_SPACING;
        }

        static ArtistSpacing read(ConfigNode at) {
            return new ArtistSpacing(GAP.read(at), MOST.read(at));
        }
    }

    /** {@link RuleType#SKIP_MEMORY}. */
    record SkipMemory(double skipped, double liked, int resembling, int plays) implements RuleSettings {

        static final Key<Double> SKIPPED = new Key<>(
                "skipped", Values.Numbers.SHARE, 0.25, "A track is skipped if a smaller share of it was played.");
        static final Key<Double> LIKED = new Key<>(
                "liked",
                Values.Numbers.SHARE,
                0.5,
                "A track is liked if this share of it was played, or more. Not below `skipped`.");
        static final Key<Integer> RESEMBLING = Key.integer(
                "resembling", 0, 1000, 10, "Number of a skipped track's nearest neighbours that are left out too.");
        static final Key<Integer> PLAYS =
                Key.integer("plays", 1, 10_000, 10, "Number of plays for which the tracks are left out.");

        public SkipMemory {
            if (!(skipped >= 0 && skipped <= liked && liked <= 1)) {
                throw new IllegalArgumentException("skipped: " + skipped + " and liked: " + liked
                        + " must be fractions from 0 to 1, skipped the smaller one");
            }
            RESEMBLING.check(resembling);
            PLAYS.check(plays);
        }

        @Override
        public RuleType type() {
            return RuleType.SKIP_MEMORY;
        }

        static SkipMemory read(ConfigNode at) {
            return new SkipMemory(SKIPPED.read(at), LIKED.read(at), RESEMBLING.read(at), PLAYS.read(at));
        }
    }

    /** {@link RuleType#MMR}. */
    record Mmr(double lambda, int pool, int plays) implements RuleSettings {

        static final Key<Double> LAMBDA = new Key<>(
                "lambda",
                Values.Numbers.SHARE,
                0.7,
                "Weight of relevance; similarity has the weight 1 − `lambda`. Relevance is 1 − p/n for place p of n."
                        + " Similarity is 1 for the same artist, and 1 − p/n for place p of a track's n neighbours in"
                        + " `TRACKS_CATALOG`.");
        static final Key<Integer> POOL =
                Key.integer("pool", 2, 1000, 50, "Number of the best tracks that are ordered anew.");
        static final Key<Integer> PLAYS = Key.integer(
                "plays", 1, 10_000, 10, "Number of the session's last plays that the tracks are compared with.");

        public Mmr {
            LAMBDA.check(lambda);
            POOL.check(pool);
            PLAYS.check(plays);
        }

        @Override
        public RuleType type() {
            return RuleType.MMR;
        }

        static Mmr read(ConfigNode at) {
            return new Mmr(LAMBDA.read(at), POOL.read(at), PLAYS.read(at));
        }
    }
}

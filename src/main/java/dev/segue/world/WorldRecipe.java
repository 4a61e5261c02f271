package dev.segue.world;

/**
 * The parameters of a world: sizes, seed, interest exponent and popularity weight. The same recipe gives the same world on any
 * machine, JDK and number of threads.
 *
 * <p>The constants are fitted to the published time per session of the reference simulator with 50,000 real tracks: random
 * 2.14, sticky artist 3.14, uniformly from the top 100 4.02. Worlds of 10,000 tracks and 2,000 listeners have 2.23, 3.05 and
 * 4.33 (means over seeds 1 to 8, with standard deviations 0.03, 0.10 and 0.09).
 *
 * @param tracks number of tracks, {@link #MIN_TRACKS} to {@link #MAX_TRACKS}
 * @param listeners number of listeners, 1 to {@link #MAX_LISTENERS}
 * @param seed any number; another seed gives another world
 * @param interestExponent ζ ≥ 0: the track of popularity rank r = 0, 1, … is an interest with weight (r +
 *     {@link #INTEREST_RANK_OFFSET})<sup>−ζ</sup>
 * @param popularityWeight p₁ ≥ 0: the embedding's first coordinate is p₁ times the popularity score
 */
public record WorldRecipe(int tracks, int listeners, long seed, double interestExponent, double popularityWeight) {

    public static final int MIN_TRACKS = 100;
    public static final int MAX_TRACKS = 1_000_000;
    public static final int MAX_LISTENERS = 10_000_000;

    /** p₁ for 10,000 to 50,000 tracks; smaller catalogs need up to 0.1 more for the same time per session of top-pop. */
    public static final double POPULARITY_WEIGHT = 0.85;

    /** Embedding coordinates: one for popularity, the others for genre, artist and the track itself. */
    public static final int DIMENSIONS = 16;

    public static final int INTERESTS = 3;
    public static final int INTEREST_RANK_OFFSET = 20;

    static final double LOG_ARTIST_SIZE_MEAN = 0.1;
    static final double LOG_ARTIST_SIZE_DEVIATION = 1.75;
    static final int MAX_ARTIST_SIZE = 80;

    static final int GENRES = 20;
    /** The probability of an artist's genre k = 0, 1, … is proportional to 1/(k + offset). */
    static final int GENRE_RANK_OFFSET = 5;

    /** ρ: the share of a track's popularity variance that its artist explains. */
    static final double ARTIST_POPULARITY_SHARE = 0.3;

    /** κ: popular tracks have longer embeddings, by exp(κz). */
    static final double POPULARITY_STRETCH = 0.2;

    static final double GENRE_WEIGHT = 2.1;
    static final double ARTIST_WEIGHT = 2.1;
    static final double TRACK_WEIGHT = 0.7;

    static final double MAX_CONSUME_BIAS = 10;
    static final double MAX_CONSUME_SHARPNESS = 2;

    private static final int SMALL_TRACKS = 10_000;
    private static final double SMALL_EXPONENT = 1.0;
    private static final int LARGE_TRACKS = 50_000;
    private static final double LARGE_EXPONENT = 0.75;

    public WorldRecipe {
        if (tracks < MIN_TRACKS || tracks > MAX_TRACKS) {
            throw new IllegalArgumentException(
                    "a world has " + MIN_TRACKS + " to " + MAX_TRACKS + " tracks, not " + tracks);
        }
        if (listeners < 1 || listeners > MAX_LISTENERS) {
            throw new IllegalArgumentException("a world has 1 to " + MAX_LISTENERS + " listeners, not " + listeners);
        }
        requireNonNegative("interest exponent", interestExponent);
        requireNonNegative("popularity weight", popularityWeight);
    }

    private static void requireNonNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the " + name + " must be 0 or more, not " + value);
        }
    }

    /** A recipe with the default ζ for the number of tracks and p₁ = {@value #POPULARITY_WEIGHT}. */
    public static WorldRecipe of(int tracks, int listeners, long seed) {
        return new WorldRecipe(tracks, listeners, seed, interestExponentFor(tracks), POPULARITY_WEIGHT);
    }

    /**
     * The default ζ for a number of tracks: 1 up to 10,000, 0.75 from 50,000 on (as in the reference simulator's {@code
     * users.json}), and interpolated linearly in the logarithm of the number between them.
     */
    public static double interestExponentFor(int tracks) {
        double position =
                StrictMath.log((double) tracks / SMALL_TRACKS) / StrictMath.log((double) LARGE_TRACKS / SMALL_TRACKS);
        double clipped = Math.max(0, Math.min(1, position));
        return SMALL_EXPONENT + clipped * (LARGE_EXPONENT - SMALL_EXPONENT);
    }

    /** This recipe with another p₁. */
    public WorldRecipe withPopularityWeight(double weight) {
        return new WorldRecipe(tracks, listeners, seed, interestExponent, weight);
    }

    /** Generates the world. */
    public World generate() {
        return new WorldGenerator(this).generate();
    }
}

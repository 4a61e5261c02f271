package dev.segue.recommend;

/**
 * How often a recommender that scores tracks chooses another one than the best, so that off-policy evaluation has support.
 *
 * @param epsilon ε: the probability that one of the best {@value #CHOICES} tracks is drawn uniformly; 0 to 1
 * @param temperature τ ≥ 0, in units of the score: with probability 1 − ε, one of the best {@value #CHOICES} tracks is drawn by a softmax
 *     with weights exp(score / τ); 0 always chooses the best one
 */
public record Exploration(double epsilon, double temperature) {

    /** No exploration: the best track is always recommended. */
    public static final Exploration NONE = new Exploration(0, 0);

    /** The number of best tracks that exploration draws from. */
    public static final int CHOICES = 50;

    public Exploration {
        if (!(epsilon >= 0 && epsilon <= 1)) {
            throw new IllegalArgumentException("exploration must be from 0 to 1, is " + epsilon);
        }
        if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("temperature must be at least 0, is " + temperature);
        }
    }

    /** ε-greedy exploration. */
    public static Exploration ofEpsilon(double epsilon) {
        return new Exploration(epsilon, 0);
    }

    /** The number of best tracks that may be recommended. */
    int choices() {
        return epsilon > 0 || temperature > 0 ? CHOICES : 1;
    }
}

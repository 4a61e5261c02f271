package dev.segue.recommend;

/**
 * How a recommender that scores tracks passes over its best one, which gives off-policy evaluation its support.
 *
 * @param epsilon ε: with this probability one of the {@value #CHOICES} best is drawn uniformly; 0 to 1
 * @param temperature τ, in units of the score: otherwise, one of the {@value #CHOICES} best is drawn with a probability
 *     proportional to exp(score / τ); 0 for the best one
 */
public record Exploration(double epsilon, double temperature) {

    /** Recommends the best track. */
    public static final Exploration NONE = new Exploration(0, 0);

    /** How many of the best tracks may be recommended. */
    public static final int CHOICES = 50;

    public Exploration {
        if (!(epsilon >= 0 && epsilon <= 1)) {
            throw new IllegalArgumentException("exploration " + epsilon + " is not between 0 and 1");
        }
        if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("temperature " + temperature + " is not 0 or above");
        }
    }

    /** The ε-greedy choice. */
    public static Exploration ofEpsilon(double epsilon) {
        return new Exploration(epsilon, 0);
    }

    /** How many of the best tracks may be recommended. */
    int choices() {
        return epsilon > 0 || temperature > 0 ? CHOICES : 1;
    }
}

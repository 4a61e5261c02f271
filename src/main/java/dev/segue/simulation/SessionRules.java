package dev.segue.simulation;

/**
 * What holds for every session of the listener model; the defaults are the reference simulator's.
 *
 * @param budget disappointments until the listener leaves, ≥ 1
 * @param artistDiscount γ, 0 to 1: each earlier playback of an artist in the session multiplies the time of the
 *     artist's next track by it
 * @param interestNeighbours from how many tracks nearest to the interest the first track is drawn, ≥ 1
 */
public record SessionRules(int budget, double artistDiscount, int interestNeighbours) {

    /** The reference simulator's: budget 5, γ = 0.8, 10 neighbours. */
    public static final SessionRules REFERENCE = new SessionRules(5, 0.8, 10);

    public SessionRules {
        if (budget < 1) {
            throw new IllegalArgumentException("budget " + budget + " is below 1");
        }
        if (!(artistDiscount >= 0 && artistDiscount <= 1)) {
            throw new IllegalArgumentException("artistDiscount " + artistDiscount + " is not between 0 and 1");
        }
        if (interestNeighbours < 1) {
            throw new IllegalArgumentException("interestNeighbours " + interestNeighbours + " is below 1");
        }
    }
}

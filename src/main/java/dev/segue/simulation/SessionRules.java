package dev.segue.simulation;

/**
 * The rules of all sessions of a listener model.
 *
 * @param budget disappointments until the listener leaves, ≥ 1
 * @param artistDiscount γ, 0 to 1: the factor by which each earlier playback of an artist in the session shortens the
 *     artist's next playback
 * @param interestNeighbours number of tracks nearest to the interest from which the first track is drawn, ≥ 1
 * @param maxPlaybacks playbacks after which a session is cut, the first one included, ≥ 2; 0 for no cut
 */
public record SessionRules(int budget, double artistDiscount, int interestNeighbours, int maxPlaybacks) {

    /** The reference simulator's: budget 5, γ = 0.8, 10 neighbours, no cut. */
    public static final SessionRules REFERENCE = new SessionRules(5, 0.8, 10, 0);

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
        if (maxPlaybacks < 0 || maxPlaybacks == 1) {
            throw new IllegalArgumentException("maxPlaybacks " + maxPlaybacks + " is neither 0 nor at least 2");
        }
    }

    /** The same rules with another maximum number of playbacks; 0 for no cut. */
    public SessionRules cutAt(int playbacks) {
        return new SessionRules(budget, artistDiscount, interestNeighbours, playbacks);
    }
}

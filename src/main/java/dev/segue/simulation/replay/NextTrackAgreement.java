package dev.segue.simulation.replay;

/**
 * The agreement of recommendations with the tracks that listeners played next. A pair is a recorded request and the track of
 * the same session's next event.
 *
 * @param pairs number of pairs
 * @param recorded number of pairs whose track is the recorded recommendation
 * @param recommended number of pairs whose track is the first of the replay's ranking
 * @param ranked number of pairs whose track is in the replay's ranking
 * @param reciprocalRanks sum over the pairs of 1/rank of the track in the replay's ranking, from rank 1; 0 for a track that is
 *     not in it
 */
public record NextTrackAgreement(long pairs, long recorded, long recommended, long ranked, double reciprocalRanks) {

    /** The agreement without pairs. */
    public static final NextTrackAgreement NONE = new NextTrackAgreement(0, 0, 0, 0, 0);

    /** The agreement of all pairs of both. */
    NextTrackAgreement plus(NextTrackAgreement other) {
        return new NextTrackAgreement(
                pairs + other.pairs,
                recorded + other.recorded,
                recommended + other.recommended,
                ranked + other.ranked,
                reciprocalRanks + other.reciprocalRanks);
    }

    /** The share of pairs whose track is the recorded recommendation; NaN without pairs. */
    public double recordedContinuity() {
        return (double) recorded / pairs;
    }

    /** The share of pairs whose track is the first of the replay's ranking; NaN without pairs. */
    public double continuity() {
        return (double) recommended / pairs;
    }

    /** The share of pairs whose track is in the replay's ranking; NaN without pairs. */
    public double hitRate() {
        return (double) ranked / pairs;
    }

    /** The mean over the pairs of the reciprocal rank (Voorhees, The TREC-8 Question Answering Track Report, 1999); NaN without pairs. */
    public double meanReciprocalRank() {
        return reciprocalRanks / pairs;
    }
}

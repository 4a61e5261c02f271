package dev.segue.simulation.replay;

/**
 * How well recommendations foretell what listeners heard next. A pair is a recorded request and the track that the same
 * session's next event names.
 *
 * @param pairs how many there are
 * @param recorded pairs whose track was the recorded recommendation: how continuous the log is in itself
 * @param recommended pairs whose track is what was recommended now
 * @param ranked pairs whose track is in the ranking that was given now
 * @param reciprocalRanks sum over the pairs of 1/rank of the track in that ranking, the first having rank 1, and of 0 where it is
 *     not in it
 */
public record NextTrackAgreement(long pairs, long recorded, long recommended, long ranked, double reciprocalRanks) {

    /** Of no pairs. */
    public static final NextTrackAgreement NONE = new NextTrackAgreement(0, 0, 0, 0, 0);

    /** Of both's pairs. */
    NextTrackAgreement plus(NextTrackAgreement other) {
        return new NextTrackAgreement(
                pairs + other.pairs,
                recorded + other.recorded,
                recommended + other.recommended,
                ranked + other.ranked,
                reciprocalRanks + other.reciprocalRanks);
    }

    /** The share of pairs whose track was the recorded recommendation; NaN without pairs. */
    public double recordedContinuity() {
        return (double) recorded / pairs;
    }

    /** The share of pairs whose track is what was recommended now; NaN without pairs. */
    public double continuity() {
        return (double) recommended / pairs;
    }

    /** The share of pairs whose track is in the ranking; NaN without pairs. */
    public double hitRate() {
        return (double) ranked / pairs;
    }

    /** The mean over the pairs of the reciprocal rank (Voorhees, The TREC-8 Question Answering Track Report, 1999); NaN without pairs. */
    public double meanReciprocalRank() {
        return reciprocalRanks / pairs;
    }
}

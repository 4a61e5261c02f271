package dev.segue.posterior;

import java.util.HashMap;
import java.util.Map;

/**
 * A session model that was learned: see the package. D = d + 1, the last coordinate is the intercept. All matrices are packed.
 *
 * @param artistOf each track's artist
 * @param tracks posterior of e_t, d numbers
 * @param artists means of the artists' vectors, d numbers each
 * @param contexts posterior of C[f], what a session that begins with f is about, D numbers
 * @param artistContexts means of the same for the artists, D numbers each
 * @param listeners posterior of V[u], the listener's own offset, D numbers
 * @param unitVectors posterior of w_g, D numbers
 * @param spread the covariances of the priors
 */
@SuppressWarnings("ArrayRecordComponent") // flat arrays are the point; compared by identity
public record SessionModel(
        Constants constants,
        int[] artistOf,
        Gaussians tracks,
        double[] artists,
        Gaussians contexts,
        double[] artistContexts,
        Gaussians listeners,
        Gaussians unitVectors,
        Units units,
        Spread spread) {

    /**
     * The numbers of a model.
     *
     * @param d how many coordinates a track has
     * @param kappa how many pseudo-trials a playback counts as
     * @param gamma the factor by which each earlier track of an artist in a session lowers the share played of its next one, 0 to 1
     * @param firstShare the share of a track played that began another session of the same unit
     * @param alpha how much surer n distinct first tracks make a unit's prior: its covariance is Sx·n^−α
     */
    public record Constants(int d, double kappa, double gamma, double firstShare, double alpha) {}

    /**
     * The covariances of the priors, estimated with the rest.
     *
     * @param mean of all θ_g, D numbers
     * @param all Σ₀, of all θ_g around their mean
     * @param unit Sx, of θ_g around what its first track suggests
     * @param context SC, of C[f] around its artist's
     * @param artistContext SCA, of artists' contexts
     * @param listener SV, of V[u]
     * @param track Sd, of e_t around its artist's
     * @param artist SA, of artists
     */
    public record Spread(
            double[] mean,
            double[] all,
            double[] unit,
            double[] context,
            double[] artistContext,
            double[] listener,
            double[] track,
            double[] artist) {

        Spread withUnits(double[] newMean, double[] newAll, double[] newUnit) {
            return new Spread(newMean, newAll, newUnit, context, artistContext, listener, track, artist);
        }

        Spread withContexts(double[] newContext, double[] newArtistContext) {
            return new Spread(mean, all, unit, newContext, newArtistContext, listener, track, artist);
        }

        Spread withListeners(double[] newListener) {
            return new Spread(mean, all, unit, context, artistContext, newListener, track, artist);
        }

        Spread withTracks(double[] newTrack, double[] newArtist) {
            return new Spread(mean, all, unit, context, artistContext, listener, newTrack, newArtist);
        }
    }

    /** A model whose covariances of contexts and listeners follow from the spread and from how much is known of each. */
    static SessionModel of(
            Constants constants,
            int[] artistOf,
            Gaussians tracks,
            double[] artists,
            double[] contexts,
            double[] artistContexts,
            double[] listeners,
            Gaussians unitVectors,
            Units units,
            Spread spread) {
        int n = constants.d + 1;
        double[] ofContexts = contextCovariances(n, artistOf, artistContexts.length / n, units, spread);
        double[] ofListeners = new double[listeners.length / n * Packed.size(n)];
        double[] prior = Packed.inverse(spread.listener());
        double[] unitPrecision = Packed.inverse(spread.unit());
        double[] certainties = units.certainties(listeners.length / n, constants.alpha);
        for (int listener = 0; listener < certainties.length; listener++) {
            double[] covariance = Packed.inverse(Packed.sum(prior, certainties[listener], unitPrecision));
            System.arraycopy(covariance, 0, ofListeners, listener * covariance.length, covariance.length);
        }
        return new SessionModel(
                constants,
                artistOf,
                tracks,
                artists,
                new Gaussians(n, contexts, ofContexts),
                artistContexts,
                new Gaussians(n, listeners, ofListeners),
                unitVectors,
                units,
                spread);
    }

    private static double[] contextCovariances(int n, int[] artistOf, int artists, Units units, Spread spread) {
        int[] counts = units.contextCounts(artistOf.length);
        int[] artistCounts = new int[artists];
        for (int t = 0; t < counts.length; t++) {
            artistCounts[artistOf[t]] += counts[t] > 0 ? 1 : 0;
        }
        double[] precision = Packed.inverse(spread.context());
        double[] unitPrecision = Packed.inverse(spread.unit());
        double[] artistPrecision = Packed.inverse(spread.artistContext());
        int size = Packed.size(n);
        double[] covariances = new double[counts.length * size];
        Map<Integer, double[]> known = new HashMap<>(); // few different ones
        Map<Integer, double[]> unknown = new HashMap<>();
        for (int t = 0; t < counts.length; t++) {
            double[] covariance = counts[t] > 0
                    ? known.computeIfAbsent(
                            counts[t], count -> Packed.inverse(Packed.sum(precision, count, unitPrecision)))
                    : unknown.computeIfAbsent(
                            artistCounts[artistOf[t]],
                            count -> Packed.sum(
                                    spread.context(),
                                    1,
                                    Packed.inverse(Packed.sum(artistPrecision, count, precision))));
            System.arraycopy(covariance, 0, covariances, t * size, size);
        }
        return covariances;
    }

    /** How many coordinates a track has. */
    public int d() {
        return constants.d;
    }

    int dimensions() {
        return constants.d + 1;
    }

    /** How many artists there are. */
    public int artistCount() {
        return artists.length / constants.d;
    }
}

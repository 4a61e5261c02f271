package dev.segue.posterior;

import java.util.HashMap;
import java.util.Map;

/**
 * The parameters of a session model; see the package documentation. D = d + 1, the last coordinate is the intercept. All covariances are
 * {@link Packed}.
 *
 * @param artistOf each track's artist
 * @param tracks posteriors of e_t, the tracks' vectors, d numbers each
 * @param artists means of the artists' vectors, d numbers each
 * @param contexts posteriors of C[f], the contexts of sessions with the first track f, D numbers each
 * @param artistContexts means of the artists' contexts, D numbers each
 * @param listeners posteriors of V[u], the listeners' offsets, D numbers each
 * @param unitVectors posteriors of w_g, the units' vectors, D numbers each
 * @param spread the covariances of the priors
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity
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

    /** The scalar parameters of a model.
     *
     * @param d dimensions of a track's vector
     * @param kappa κ, the number of pseudo-trials of a playback
     * @param gamma γ, the artist discount: the factor of the played share for each earlier track of the same artist in the session, 0 to 1
     * @param firstShare the played share of a track that started another session of the same unit, 0 to 1
     * @param alpha α: the prior covariance of a unit with n distinct first tracks is Sx·n^−α
     */
    public record Constants(int d, double kappa, double gamma, double firstShare, double alpha) {}

    /** The covariances of the priors, estimated by empirical Bayes. θ_g = w_g − V[u] is a unit's vector without the listener's offset.
     *
     * @param mean mean of all θ_g, D numbers
     * @param all Σ₀, covariance of all θ_g around their mean
     * @param unit Sx, covariance of θ_g around the mean context of the unit's first tracks
     * @param context SC, covariance of C[f] around the artist's context
     * @param artistContext SCA, covariance of the artists' contexts
     * @param listener SV, covariance of V[u]
     * @param track Sd, covariance of e_t around the artist's vector
     * @param artist SA, covariance of the artists' vectors
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

    /** A model whose covariances of contexts and listeners are computed from the spread and the units. */
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
        double[] contextCovariances = contextCovariances(n, artistOf, artistContexts.length / n, units, spread);
        double[] listenerCovariances = new double[listeners.length / n * Packed.size(n)];
        double[] prior = Packed.inverse(spread.listener());
        double[] unitPrecision = Packed.inverse(spread.unit());
        double[] precisionFactors = units.precisionFactors(listeners.length / n, constants.alpha);
        for (int listener = 0; listener < precisionFactors.length; listener++) {
            double[] covariance = Packed.inverse(Packed.sum(prior, precisionFactors[listener], unitPrecision));
            System.arraycopy(covariance, 0, listenerCovariances, listener * covariance.length, covariance.length);
        }
        return new SessionModel(
                constants,
                artistOf,
                tracks,
                artists,
                new Gaussians(n, contexts, contextCovariances),
                artistContexts,
                new Gaussians(n, listeners, listenerCovariances),
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
        Map<Integer, double[]> withUnits = new HashMap<>(); // by count, since few counts are distinct
        Map<Integer, double[]> withoutUnits = new HashMap<>();
        for (int t = 0; t < counts.length; t++) {
            double[] covariance = counts[t] > 0
                    ? withUnits.computeIfAbsent(
                            counts[t], count -> Packed.inverse(Packed.sum(precision, count, unitPrecision)))
                    : withoutUnits.computeIfAbsent(
                            artistCounts[artistOf[t]],
                            count -> Packed.sum(
                                    spread.context(),
                                    1,
                                    Packed.inverse(Packed.sum(artistPrecision, count, precision))));
            System.arraycopy(covariance, 0, covariances, t * size, size);
        }
        return covariances;
    }

    /** The dimensions of a track's vector. */
    public int d() {
        return constants.d;
    }

    int dimensions() {
        return constants.d + 1;
    }

    /** The number of artists. */
    public int artistCount() {
        return artists.length / constants.d;
    }
}

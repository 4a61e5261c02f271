package dev.segue.posterior;

import dev.segue.posterior.SessionModel.Spread;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The current estimates of a fit: the posteriors of all vectors and the covariances of their priors. Each update replaces a part of them.
 */
final class Estimates {

    private static final double ARTIST_DEVIATION = 0.5;
    private static final double TRACK_DEVIATION = 0.3;

    Gaussians tracks;
    /** Only the means before the first update. */
    Gaussians artists;

    Gaussians contexts;
    Gaussians artistContexts;
    Gaussians listeners;
    Spread spread;
    final Gaussians units;

    /** E[w wᵀ] of each unit, packed, with the off-diagonal elements doubled. */
    final double[] unitMoments;

    /** E[x xᵀ] of each track for x = [e_t, 1], packed. */
    final double[] trackMoments;

    /** The initial estimates.
     *
     * @param start the model to start from; null for random vectors
     */
    Estimates(SessionData data, int unitCount, FitSettings settings, @Nullable SessionModel start) {
        int d = settings.d();
        int n = d + 1;
        units = new Gaussians(unitCount, n);
        unitMoments = new double[unitCount * Packed.size(n)];
        trackMoments = new double[data.tracks() * Packed.size(n)];
        if (start == null) {
            var random = new Random(settings.seed());
            spread = startSpread(d);
            artists = random(random, data.artists(), d);
            tracks = aroundArtists(data, artists);
            for (int i = 0; i < tracks.means().length; i++) {
                tracks.means()[i] += TRACK_DEVIATION * random.nextGaussian();
            }
            for (int t = 0; t < data.tracks(); t++) {
                Packed.add(tracks.covariances(), tracks.covarianceOffset(t), 0.5, spread.track(), 0, Packed.size(d));
            }
            artistContexts = random(random, data.artists(), n);
            for (int a = 0; a < data.artists(); a++) {
                artistContexts.means()[a * n + d] = spread.mean()[d];
            }
            contexts = aroundArtists(data, artistContexts);
            listeners = new Gaussians(data.listeners(), n);
        } else {
            spread = start.spread();
            artists = new Gaussians(d, start.artists().clone(), new double[0]);
            tracks = start.tracks().copy();
            artistContexts = new Gaussians(n, start.artistContexts().clone(), new double[0]);
            contexts = start.contexts().copy();
            listeners = start.listeners().copy();
        }
        updateTrackMoments();
    }

    private static Spread startSpread(int d) {
        int n = d + 1;
        double[] mean = new double[n];
        mean[d] = -2;
        double[] ofListeners = Packed.identity(n, 0.1);
        ofListeners[Packed.index(d, d)] = 4;
        return new Spread(
                mean,
                Packed.identity(n, 2),
                Packed.identity(n, 0.5),
                Packed.identity(n, 0.3),
                Packed.identity(n, 1),
                ofListeners,
                Packed.identity(d, 0.1),
                Packed.identity(d, 1));
    }

    private static Gaussians random(Random random, int count, int dimensions) {
        var gaussians = new Gaussians(count, dimensions);
        Arrays.setAll(gaussians.means(), i -> ARTIST_DEVIATION * random.nextGaussian());
        return gaussians;
    }

    /** Gaussians of the tracks with the means of their artists. */
    private static Gaussians aroundArtists(SessionData data, Gaussians ofArtists) {
        int dimensions = ofArtists.dimensions();
        var ofTracks = new Gaussians(data.tracks(), dimensions);
        for (int t = 0; t < data.tracks(); t++) {
            System.arraycopy(
                    ofArtists.means(),
                    ofArtists.meanOffset(data.artist(t)),
                    ofTracks.means(),
                    t * dimensions,
                    dimensions);
        }
        return ofTracks;
    }

    /** Computes {@link #trackMoments} from {@link #tracks}. */
    void updateTrackMoments() {
        int d = tracks.dimensions();
        int size = Packed.size(d + 1);
        int trackSize = Packed.size(d);
        for (int t = 0; t < tracks.count(); t++) {
            int offset = t * size;
            System.arraycopy(tracks.covariances(), t * trackSize, trackMoments, offset, trackSize);
            Packed.addOuter(trackMoments, offset, 1, tracks.means(), t * d, d);
            System.arraycopy(tracks.means(), t * d, trackMoments, offset + trackSize, d);
            trackMoments[offset + trackSize + d] = 1;
        }
    }
}

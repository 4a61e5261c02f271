package dev.segue.posterior;

import java.util.Arrays;

/** A sweep's updates of tracks and artists. Only played tracks update their artists. */
final class TrackUpdates {

    private static final double JITTER = 1e-3;

    private final SessionData data;
    private final UnitRows rows;
    private final Estimates estimates;
    private final int d;
    private final int n;
    private final int size;
    private final int trackSize;
    private final boolean[] played;

    TrackUpdates(SessionData data, UnitRows rows, Estimates estimates) {
        this.data = data;
        this.rows = rows;
        this.estimates = estimates;
        d = estimates.tracks.dimensions();
        n = d + 1;
        size = Packed.size(n);
        trackSize = Packed.size(d);
        played = new boolean[data.tracks()];
        for (int t = 0; t < played.length; t++) {
            played[t] = rows.trackFrom(t + 1) > rows.trackFrom(t);
        }
    }

    void updateTracks() {
        double[] prior = Packed.inverse(estimates.spread.track());
        Blocks.run(data.tracks(), (from, to) -> {
            double[] m = new double[trackSize];
            double[] v = new double[d];
            double[] pull = new double[d];
            for (int t = from; t < to; t++) {
                updateTrack(t, prior, m, v, pull);
            }
        });
        estimates.updateTrackMoments();
    }

    private void updateTrack(int t, double[] prior, double[] m, double[] v, double[] pull) {
        Arrays.fill(m, 0);
        Arrays.fill(v, 0);
        Gaussians units = estimates.units;
        for (int position = rows.trackFrom(t); position < rows.trackFrom(t + 1); position++) {
            int row = rows.byTrack(position);
            int u = rows.unit(row);
            double c = 2 * rows.trials(row) * rows.lambda[row];
            Packed.add(m, 0, c, estimates.unitMoments, u * size, trackSize);
            Packed.add(v, 0, rows.trials(row) * (rows.target(row) - 0.5), units.means(), u * n, d);
            Packed.add(v, 0, -0.5 * c, estimates.unitMoments, u * size + trackSize, d); // E[w_i w_d] is stored doubled
        }
        Packed.scaleOffDiagonal(m, 0, d, 0.5);
        Packed.multiply(prior, 0, estimates.artists.means(), data.artist(t) * d, pull, 0, d);
        Packed.add(v, 0, 1, pull, 0, d);
        Packed.add(m, 0, 1, prior, 0, trackSize);
        Packed.factor(m, 0, d);
        Packed.solve(m, 0, d, v, 0);
        Packed.invertFactored(m, 0, d);
        System.arraycopy(v, 0, estimates.tracks.means(), t * d, d);
        System.arraycopy(m, 0, estimates.tracks.covariances(), t * trackSize, trackSize);
    }

    void updateArtists() {
        Gaussians tracks = estimates.tracks;
        var trackScatter = new Scatter(d);
        int[] counts = new int[data.artists()];
        double[] sums = new double[data.artists() * d];
        for (int t = 0; t < data.tracks(); t++) {
            if (played[t]) {
                int a = data.artist(t);
                trackScatter.add(
                        tracks.means(),
                        t * d,
                        estimates.artists.means(),
                        a * d,
                        tracks.covariances(),
                        t * trackSize,
                        1);
                counts[a]++;
                Packed.add(sums, a * d, 1, tracks.means(), t * d, d);
            }
        }
        double[] trackCovariance = trackScatter.mean(JITTER);
        Gaussians artists = Gaussians.ofGroups(
                d,
                new double[data.artists() * d],
                Packed.inverse(estimates.spread.artist()),
                Packed.inverse(trackCovariance),
                sums,
                counts);
        var artistScatter = new Scatter(d);
        double[] zero = new double[d];
        for (int a = 0; a < data.artists(); a++) {
            if (counts[a] > 0) {
                artistScatter.add(artists.means(), a * d, zero, 0, artists.covariances(), a * trackSize, 1);
            }
        }
        estimates.artists = artists;
        estimates.spread = estimates.spread.withTracks(trackCovariance, artistScatter.mean(JITTER));
        setUnplayed(trackCovariance);
    }

    /** Sets the posteriors of tracks without rows to their priors given the artists. */
    private void setUnplayed(double[] trackCovariance) {
        Gaussians tracks = estimates.tracks;
        Gaussians artists = estimates.artists;
        for (int t = 0; t < data.tracks(); t++) {
            if (!played[t]) {
                int a = data.artist(t);
                System.arraycopy(artists.means(), a * d, tracks.means(), t * d, d);
                System.arraycopy(trackCovariance, 0, tracks.covariances(), t * trackSize, trackSize);
                Packed.add(tracks.covariances(), t * trackSize, 1, artists.covariances(), a * trackSize, trackSize);
            }
        }
        estimates.updateTrackMoments();
    }
}

package dev.segue.posterior;

import org.jspecify.annotations.Nullable;

/** A sweep's updates of the contexts of tracks and artists, and of the listeners' offsets. */
final class ContextUpdates {

    private final SessionData data;
    private final Units units;
    private final FitSettings settings;
    private final Estimates estimates;
    private final int d;
    private final int n;
    private final int size;
    private final int[] counts;
    private double @Nullable [] link;

    ContextUpdates(SessionData data, Units units, FitSettings settings, Estimates estimates) {
        this.data = data;
        this.units = units;
        this.settings = settings;
        this.estimates = estimates;
        d = settings.d();
        n = d + 1;
        size = Packed.size(n);
        counts = units.contextCounts(data.tracks());
    }

    /** For each unit, the mean of the contexts of its first tracks. */
    private double[] contextMeans() {
        double[] means = new double[units.count() * n];
        for (int u = 0; u < units.count(); u++) {
            int[] firsts = units.firsts(u);
            for (int first : firsts) {
                Packed.add(means, u * n, 1.0 / firsts.length, estimates.contexts.means(), first * n, n);
            }
        }
        return means;
    }

    /** The prior mean of each unit: the mean context plus the listener's offset. */
    double[] unitPriors() {
        double[] priors = contextMeans();
        for (int u = 0; u < units.count(); u++) {
            Packed.add(priors, u * n, 1, estimates.listeners.means(), units.listener(u) * n, n);
        }
        return priors;
    }

    /** θ_g = w_g − V[u]: each unit's vector without the listener's offset. */
    private double[] withoutListeners() {
        double[] theta = estimates.units.means().clone();
        for (int u = 0; u < units.count(); u++) {
            Packed.add(theta, u * n, -1, estimates.listeners.means(), units.listener(u) * n, n);
        }
        return theta;
    }

    /** @param linked whether to fit the {@link ContextLink}; not before the first update of the tracks */
    void updateContexts(double[] unitPrecision, boolean linked) {
        double[] theta = withoutListeners();
        double[] sums = new double[data.tracks() * n];
        for (int u = 0; u < units.count(); u++) {
            for (int first : units.firsts(u)) {
                Packed.add(sums, first * n, 1, theta, u * n, n);
            }
        }
        if (linked) {
            link = ContextLink.fit(estimates.tracks.means(), sums, counts, d);
        }
        double[] offsets = ContextLink.offsets(link, data, estimates.tracks.means(), estimates.artists.means(), d);
        double[] priors = offsets.clone();
        for (int t = 0; t < data.tracks(); t++) {
            Packed.add(priors, t * n, 1, estimates.artistContexts.means(), data.artist(t) * n, n);
        }
        estimates.contexts =
                Gaussians.ofGroups(n, priors, Packed.inverse(estimates.spread.context()), unitPrecision, sums, counts);
        updateArtistContexts(theta, priors, offsets);
        setContextsWithoutUnits(offsets);
    }

    private void updateArtistContexts(double[] theta, double[] priors, double[] offsets) {
        Gaussians contexts = estimates.contexts;
        var scatter = new Scatter(n);
        int[] artistCounts = new int[data.artists()];
        double[] sums = new double[data.artists() * n];
        for (int t = 0; t < data.tracks(); t++) {
            if (counts[t] > 0) {
                scatter.add(contexts.means(), t * n, priors, t * n, contexts.covariances(), t * size, 1);
                int a = data.artist(t);
                artistCounts[a]++;
                Packed.add(sums, a * n, 1, contexts.means(), t * n, n);
                Packed.add(sums, a * n, -1, offsets, t * n, n);
            }
        }
        double[] contextCovariance = scatter.mean(settings.leastContext());
        double[] artistPriors =
                ContextLink.artistPriors(link, estimates.artists.means(), estimates.spread.mean(), data.artists(), d);
        Gaussians artistContexts = Gaussians.ofGroups(
                n,
                artistPriors,
                Packed.inverse(estimates.spread.artistContext()),
                Packed.inverse(contextCovariance),
                sums,
                artistCounts);
        var artistScatter = new Scatter(n);
        for (int a = 0; a < data.artists(); a++) {
            if (artistCounts[a] > 0) {
                artistScatter.add(
                        artistContexts.means(), a * n, artistPriors, a * n, artistContexts.covariances(), a * size, 1);
            }
        }
        estimates.artistContexts = artistContexts;
        estimates.spread = estimates.spread.withContexts(contextCovariance, artistScatter.mean(0));
        updateUnitSpread(theta);
    }

    private void setContextsWithoutUnits(double[] offsets) {
        Gaussians contexts = estimates.contexts;
        Gaussians artistContexts = estimates.artistContexts;
        for (int t = 0; t < data.tracks(); t++) {
            if (counts[t] == 0) {
                int a = data.artist(t);
                System.arraycopy(offsets, t * n, contexts.means(), t * n, n);
                Packed.add(contexts.means(), t * n, 1, artistContexts.means(), a * n, n);
                System.arraycopy(estimates.spread.context(), 0, contexts.covariances(), t * size, size);
                Packed.add(contexts.covariances(), t * size, 1, artistContexts.covariances(), a * size, size);
            }
        }
    }

    private void updateUnitSpread(double[] theta) {
        double[] mean = new double[n];
        for (int u = 0; u < units.count(); u++) {
            Packed.add(mean, 0, 1.0 / units.count(), theta, u * n, n);
        }
        double[] contextMeans = contextMeans();
        var all = new Scatter(n);
        var around = new Scatter(n);
        for (int u = 0; u < units.count(); u++) {
            all.add(theta, u * n, mean, 0, estimates.units.covariances(), u * size, 1);
            around.add(
                    theta,
                    u * n,
                    contextMeans,
                    u * n,
                    estimates.units.covariances(),
                    u * size,
                    units.precisionFactor(u, settings.alpha()));
        }
        estimates.spread = estimates.spread.withUnits(mean, all.mean(0), around.mean(0));
    }

    void updateListeners(double[] unitPrecision) {
        double[] contextMeans = contextMeans();
        double[] precisionFactors = units.precisionFactors(data.listeners(), settings.alpha());
        double[] sums = new double[data.listeners() * n];
        for (int u = 0; u < units.count(); u++) {
            int l = units.listener(u);
            double precisionFactor = units.precisionFactor(u, settings.alpha());
            Packed.add(sums, l * n, precisionFactor, estimates.units.means(), u * n, n);
            Packed.add(sums, l * n, -precisionFactor, contextMeans, u * n, n);
        }
        Gaussians listeners = estimates.listeners;
        double[] prior = Packed.inverse(estimates.spread.listener());
        double[] v = new double[n];
        var scatter = new Scatter(n);
        double[] zero = new double[n];
        for (int l = 0; l < data.listeners(); l++) {
            double[] covariance = Packed.inverse(Packed.sum(prior, precisionFactors[l], unitPrecision));
            Packed.multiply(unitPrecision, 0, sums, l * n, v, 0, n);
            Packed.multiply(covariance, 0, v, 0, listeners.means(), l * n, n);
            System.arraycopy(covariance, 0, listeners.covariances(), l * size, size);
            scatter.add(listeners.means(), l * n, zero, 0, covariance, 0, 1);
        }
        estimates.spread = estimates.spread.withListeners(scatter.mean(0));
    }
}

package dev.segue.posterior;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Estimates a session model for given units by coordinate ascent. A sweep updates the posteriors of units, contexts, listeners, tracks and
 * artists, each given the others, and sets the priors' covariances to the values that maximise the variational bound (empirical
 * Bayes).
 */
final class SessionFit {

    /** The first sweeps update units and bounds twice. */
    private static final int SWEEPS_WITH_TWO_UPDATES = 3;

    private final SessionData data;
    private final Units units;
    private final UnitRows rows;
    private final FitSettings settings;
    private final double gamma;
    private final double firstShare;
    private final int d;
    private final int n;
    private final int size;
    private final Estimates estimates;

    /** Prepares a fit.
     *
     * @param withArtistRepeats whether to use the rows with an earlier track of their artist in the session
     * @param gamma the artist discount γ, 0 to 1
     * @param firstShare the played share of first tracks as playbacks of their unit, 0 to 1
     * @param start the model to start from; null for random vectors
     */
    SessionFit(
            SessionData data,
            Grouping grouping,
            boolean withArtistRepeats,
            FitSettings settings,
            double gamma,
            double firstShare,
            @Nullable SessionModel start) {
        this.data = data;
        this.units = grouping.units();
        this.settings = settings;
        this.gamma = gamma;
        this.firstShare = firstShare;
        rows = new UnitRows(data, grouping, withArtistRepeats, settings, gamma, firstShare);
        d = settings.d();
        n = d + 1;
        size = Packed.size(n);
        estimates = new Estimates(data, units.count(), settings, start);
    }

    /** Runs the sweeps.
     *
     * @param progress receives the number of sweeps so far, after each sweep
     */
    SessionModel run(int sweeps, IntConsumer progress) {
        var contexts = new ContextUpdates(data, units, settings, estimates);
        var tracks = new TrackUpdates(data, rows, estimates);
        for (int sweep = 0; sweep < sweeps; sweep++) {
            double[] unitPrecision = Packed.inverse(estimates.spread.unit());
            double[] priors = contexts.unitPriors();
            for (int i = 0; i < (sweep < SWEEPS_WITH_TWO_UPDATES ? 2 : 1); i++) {
                updateUnits(unitPrecision, priors);
                updateBounds();
            }
            contexts.updateContexts(unitPrecision, sweep > 0);
            contexts.updateListeners(unitPrecision);
            tracks.updateTracks();
            tracks.updateArtists();
            updateBounds();
            progress.accept(sweep + 1);
        }
        return model();
    }

    private SessionModel model() {
        return SessionModel.of(
                new SessionModel.Constants(d, settings.kappa(), gamma, firstShare, settings.alpha()),
                data.artistsOfTracks(),
                estimates.tracks,
                estimates.artists.means(),
                estimates.contexts.means(),
                estimates.artistContexts.means(),
                estimates.listeners.means(),
                estimates.units,
                units,
                estimates.spread);
    }

    private void updateUnits(double[] precision, double[] priors) {
        Blocks.run(units.count(), (from, to) -> {
            double[] m = new double[size];
            double[] v = new double[n];
            for (int u = from; u < to; u++) {
                updateUnit(u, precision, priors, m, v);
            }
        });
    }

    private void updateUnit(int u, double[] precision, double[] priors, double[] m, double[] v) {
        Arrays.fill(m, 0);
        Packed.add(m, 0, units.precisionFactor(u, settings.alpha()), precision, 0, size);
        Packed.multiply(m, 0, priors, u * n, v, 0, n);
        for (int row = rows.from(u); row < rows.from(u + 1); row++) {
            int t = rows.track(row);
            Packed.add(m, 0, 2 * rows.trials(row) * rows.lambda[row], estimates.trackMoments, t * size, size);
            double pull = rows.trials(row) * (rows.target(row) - 0.5);
            Packed.add(v, 0, pull, estimates.tracks.means(), t * d, d);
            v[d] += pull;
        }
        Packed.factor(m, 0, n);
        Packed.solve(m, 0, n, v, 0);
        Packed.invertFactored(m, 0, n);
        System.arraycopy(v, 0, estimates.units.means(), u * n, n);
        System.arraycopy(m, 0, estimates.units.covariances(), u * size, size);
        Packed.addOuter(m, 0, 1, v, 0, n);
        Packed.scaleOffDiagonal(m, 0, n, 2);
        System.arraycopy(m, 0, estimates.unitMoments, u * size, size);
    }

    /** Sets ξ² to E[z²] = ⟨E[w wᵀ], E[x xᵀ]⟩, which makes the bound as tight as possible. */
    private void updateBounds() {
        Blocks.run(units.count(), (from, to) -> {
            for (int u = from; u < to; u++) {
                for (int row = rows.from(u); row < rows.from(u + 1); row++) {
                    rows.lambda[row] = JaakkolaJordan.lambda(Packed.dot(
                            estimates.unitMoments, u * size, estimates.trackMoments, rows.track(row) * size, size));
                }
            }
        });
    }
}

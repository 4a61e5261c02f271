package dev.segue.posterior;

import java.util.Arrays;

/**
 * The posterior of a session's vector w: a mixture of at most {@value #COMPONENTS} Gaussians, the most probable of the listener's units
 * given the first track and a new unit. Each playback updates the weights and the Gaussians.
 */
final class SessionPosterior {

    /** The weight of a new unit, relative to a session of an existing unit. */
    private static final double NEW_UNIT_WEIGHT = 0.5;

    /** The covariance of a unit's change since the training, in multiples of Sx. */
    private static final double DRIFT = 0.3;

    /** Added to the log weight of a unit with earlier sessions that started with the same track. */
    private static final double FIRST_TRACK_BONUS = 2;

    /** The factor π/8 of the probit approximation: the mean of σ(z) over z ~ N(m, v) is about σ(m / √(1 + π v / 8)). */
    private static final double PROBIT = Math.PI / 8;

    /** The number of fixed-point iterations for ξ. */
    private static final int STEPS = 3;

    /** The maximum number of components. */
    static final int COMPONENTS = 3;

    private final SessionModel model;
    private final int d;
    private final int n;
    private final int size;
    private final double[] x;
    private final double[] sx;
    private double[] weights = new double[0];
    private double[][] means = new double[0][];
    private double[][] covariances = new double[0][];

    // The results of project.
    private double z;
    private double v;
    private double byMean;
    private double byBoth;

    SessionPosterior(SessionModel model) {
        this.model = model;
        d = model.d();
        n = d + 1;
        size = Packed.size(n);
        x = new double[n];
        sx = new double[n];
    }

    int components() {
        return weights.length;
    }

    double weight(int component) {
        return weights[component];
    }

    double[] mean(int component) {
        return means[component];
    }

    /** Starts a session.
     *
     * @param listener the listener's number; -1 for an unknown listener
     * @param units the listener's units
     * @param first the session's first track
     */
    void begin(int listener, int[] units, int first) {
        var start = new Start(listener, first);
        double[] logs = new double[units.length + 1];
        logs[0] = start.logWeightOfNewUnit();
        for (int i = 0; i < units.length; i++) {
            logs[i + 1] = start.logWeight(units[i]);
        }
        int count = Math.min(COMPONENTS, logs.length);
        weights = new double[count];
        means = new double[count][];
        covariances = new double[count][];
        double largest = Arrays.stream(logs).max().orElse(0);
        for (int c = 0; c < count; c++) {
            int best = 0;
            for (int i = 1; i < logs.length; i++) {
                best = logs[i] > logs[best] ? i : best;
            }
            weights[c] = Math.exp(logs[best] - largest);
            if (best == 0) {
                means[c] = start.priorMean();
                covariances[c] = Packed.sum(start.contextCovariance, 1, start.offsetCovariance);
            } else {
                start.setComponent(units[best - 1], c);
            }
            logs[best] = Double.NEGATIVE_INFINITY;
        }
        normalise();
    }

    /** The weights and Gaussians of units given a session's first track. */
    private final class Start {
        private final int first;
        private final double[] context;
        private final double[] offset = new double[n];
        private final double[] offsetCovariance;
        private final double[] contextCovariance;

        Start(int listener, int first) {
            this.first = first;
            context = Arrays.copyOfRange(model.contexts().means(), first * n, (first + 1) * n);
            contextCovariance = model.spread().unit().clone();
            Packed.add(contextCovariance, 0, 1, model.contexts().covariances(), first * size, size);
            if (listener >= 0) {
                Packed.add(offset, 0, 1, model.listeners().means(), listener * n, n);
                offsetCovariance =
                        Arrays.copyOfRange(model.listeners().covariances(), listener * size, (listener + 1) * size);
            } else {
                offsetCovariance = model.spread().listener();
            }
        }

        double[] priorMean() {
            double[] sum = context.clone();
            Packed.add(sum, 0, 1, offset, 0, n);
            return sum;
        }

        double logWeightOfNewUnit() {
            return Math.log(NEW_UNIT_WEIGHT)
                    + logDensity(
                            context,
                            model.spread().mean(),
                            Packed.sum(contextCovariance, 1, model.spread().all()));
        }

        private double[] covariance(int unit) {
            double[] covariance = Arrays.copyOfRange(model.unitVectors().covariances(), unit * size, (unit + 1) * size);
            Packed.add(covariance, 0, DRIFT, model.spread().unit(), 0, size);
            return covariance;
        }

        double logWeight(int unit) {
            double[] theta = Arrays.copyOfRange(model.unitVectors().means(), unit * n, (unit + 1) * n);
            Packed.add(theta, 0, -1, offset, 0, n);
            return Math.log(model.units().sessions(unit))
                    + logDensity(context, theta, Packed.sum(covariance(unit), 1, contextCovariance))
                    + (model.units().startedWith(unit, first) ? FIRST_TRACK_BONUS : 0);
        }

        /** Sets a component to a unit's Gaussian, multiplied by the context's Gaussian if the first track is new to the unit. */
        void setComponent(int unit, int component) {
            double[] mean = Arrays.copyOfRange(model.unitVectors().means(), unit * n, (unit + 1) * n);
            double[] covariance = covariance(unit);
            if (!model.units().startedWith(unit, first)) {
                double[] precision = Packed.inverse(covariance);
                double[] contextPrecision = Packed.inverse(contextCovariance);
                double[] pull = new double[n];
                double[] part = new double[n];
                Packed.multiply(precision, 0, mean, 0, pull, 0, n);
                Packed.multiply(contextPrecision, 0, priorMean(), 0, part, 0, n);
                Packed.add(pull, 0, 1, part, 0, n);
                covariance = Packed.inverse(Packed.sum(precision, 1, contextPrecision));
                Packed.multiply(covariance, 0, pull, 0, mean, 0, n);
            }
            means[component] = mean;
            covariances[component] = covariance;
        }

        private double logDensity(double[] value, double[] mean, double[] covariance) {
            double[] factor = covariance.clone();
            double[] difference = value.clone();
            Packed.add(difference, 0, -1, mean, 0, n);
            Packed.factor(factor, 0, n);
            Packed.solveLower(factor, 0, n, difference, 0);
            return -0.5 * Packed.dot(difference, 0, difference, 0, n) - 0.5 * Packed.logDeterminant(factor, 0, n);
        }
    }

    private void normalise() {
        double sum = Arrays.stream(weights).sum();
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
    }

    /** Updates the posterior by a playback of a track that is new in the session.
     *
     * @param share the played share, 0 to 1
     * @param artistRepeats the number of earlier tracks of its artist in the session
     */
    void update(int track, double share, int artistRepeats) {
        double power = Math.max(1e-6, Math.pow(model.constants().gamma(), artistRepeats));
        double trials = model.constants().kappa() * power;
        double target = Math.min(1, share / power);
        for (int c = 0; c < weights.length; c++) {
            weights[c] = Math.max(1e-12, weights[c] * update(means[c], covariances[c], track, trials, target));
        }
        normalise();
    }

    /** The expected played share of a track.
     *
     * @param artistRepeats the number of earlier tracks of its artist in the session
     */
    double expectedShare(int track, int artistRepeats) {
        double share = 0;
        for (int c = 0; c < weights.length; c++) {
            project(means[c], covariances[c], track);
            share += weights[c] * probability();
        }
        return share * Math.pow(model.constants().gamma(), artistRepeats);
    }

    /**
     * Computes z, its variance v by the component's covariance, and the parts of E[z²] from the track's covariance: {@code byMean} with
     * the component's mean only, {@code byBoth} with its mean and covariance.
     */
    private void project(double[] w, double[] s, int track) {
        System.arraycopy(model.tracks().means(), track * d, x, 0, d);
        x[d] = 1;
        Packed.multiply(s, 0, x, 0, sx, 0, n);
        z = Packed.dot(w, 0, x, 0, n);
        v = Packed.dot(x, 0, sx, 0, n);
        byMean = 0;
        byBoth = 0;
        double[] trackCovariances = model.tracks().covariances();
        int index = model.tracks().covarianceOffset(track);
        int position = 0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double covariance = (i == j ? 1 : 2) * trackCovariances[index + position];
                byMean += covariance * w[i] * w[j];
                byBoth += covariance * (w[i] * w[j] + s[position]);
                position++;
            }
        }
    }

    /** The mean of σ(z) over z, limited to 1e-4 to 1 − 1e-4. */
    private double probability() {
        double p = 1 / (1 + Math.exp(-z / Math.sqrt(1 + PROBIT * (v + byMean))));
        return Math.min(1 - 1e-4, Math.max(1e-4, p));
    }

    /** Updates a Gaussian by a playback, and returns the playback's likelihood before the update. */
    private double update(double[] w, double[] s, int track, double trials, double target) {
        project(w, s, track);
        double p = probability();
        double squaredXi = z * z + v + byBoth;
        double gain = 0;
        double shrink = 0;
        for (int step = 0; step < STEPS; step++) {
            double precision = 2 * trials * JaakkolaJordan.lambda(squaredXi);
            double observed = trials * (target - 0.5) / precision;
            double variance = 1 / precision + byBoth;
            shrink = 1 / (v + variance);
            gain = (observed - z) * shrink;
            double updatedZ = z + v * gain;
            squaredXi = updatedZ * updatedZ + v * (1 - v * shrink);
        }
        Packed.add(w, 0, gain, sx, 0, n);
        Packed.addOuter(s, 0, -shrink, sx, 0, n);
        return Math.exp(trials * (target * Math.log(p) + (1 - target) * Math.log(1 - p)));
    }
}

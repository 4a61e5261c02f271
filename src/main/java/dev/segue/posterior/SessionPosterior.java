package dev.segue.posterior;

import java.util.Arrays;

/**
 * The posterior of a session's taste: a mixture of at most a few Gaussians over the vector w, one for each of the
 * listener's units that fit the first track, and one for a new unit. Each playback changes the weights and moves the Gaussians.
 */
final class SessionPosterior {

    /** The weight of a new unit against one session of a known one. */
    private static final double NEW_UNIT = 0.5;

    /** How far a unit may have moved since it was learned, in units of its prior's covariance. */
    private static final double DRIFT = 0.3;

    /** By how much a unit is likelier (as a logarithm) if the first track began it before. */
    private static final double BEGAN_BEFORE = 2;

    /** The probit approximation of a logistic: σ(z) averaged over z ~ N(m, v) is about σ(m / √(1 + π v / 8)). */
    private static final double PROBIT = Math.PI / 8;

    private static final int STEPS = 3;

    /** How many components are kept. */
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

    // what project computes
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

    /**
     * Begins a session.
     *
     * @param listener the listener's number, or -1 for one that the model does not know
     * @param units the listener's units
     * @param first the track that begins it
     */
    void begin(int listener, int[] units, int first) {
        var start = new Start(listener, first);
        double[] logs = new double[units.length + 1];
        logs[0] = start.logOfNewUnit();
        for (int i = 0; i < units.length; i++) {
            logs[i + 1] = start.logOf(units[i]);
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
                means[c] = start.suggested();
                covariances[c] = Packed.sum(start.contextCovariance, 1, start.offsetCovariance);
            } else {
                start.place(units[best - 1], c);
            }
            logs[best] = Double.NEGATIVE_INFINITY;
        }
        normalise();
    }

    /** A session's first track, seen from the units that may have begun with it. */
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

        double[] suggested() {
            double[] sum = context.clone();
            Packed.add(sum, 0, 1, offset, 0, n);
            return sum;
        }

        double logOfNewUnit() {
            return Math.log(NEW_UNIT)
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

        double logOf(int unit) {
            double[] theta = Arrays.copyOfRange(model.unitVectors().means(), unit * n, (unit + 1) * n);
            Packed.add(theta, 0, -1, offset, 0, n);
            return Math.log(model.units().sessions(unit))
                    + logDensity(context, theta, Packed.sum(covariance(unit), 1, contextCovariance))
                    + (model.units().beganWith(unit, first) ? BEGAN_BEFORE : 0);
        }

        /** Puts a unit into a component. A first track that is new to it is one more witness: the product of two Gaussians. */
        void place(int unit, int component) {
            double[] mean = Arrays.copyOfRange(model.unitVectors().means(), unit * n, (unit + 1) * n);
            double[] covariance = covariance(unit);
            if (!model.units().beganWith(unit, first)) {
                double[] precision = Packed.inverse(covariance);
                double[] contextPrecision = Packed.inverse(contextCovariance);
                double[] pull = new double[n];
                double[] part = new double[n];
                Packed.multiply(precision, 0, mean, 0, pull, 0, n);
                Packed.multiply(contextPrecision, 0, suggested(), 0, part, 0, n);
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

    /**
     * Takes in a playback of a track that was new in the session.
     *
     * @param artistRepeats how many tracks of its artist the session had before
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

    /**
     * The share that the listener is expected to play of a track.
     *
     * @param artistRepeats how many tracks of its artist the session had before
     */
    double expectedShare(int track, int artistRepeats) {
        double share = 0;
        for (int c = 0; c < weights.length; c++) {
            project(means[c], covariances[c], track);
            share += weights[c] * probability();
        }
        return share * Math.pow(model.constants().gamma(), artistRepeats);
    }

    /** Computes z, its variance by the component, and the parts of E[z²] that are due to the track's covariance. */
    private void project(double[] w, double[] s, int track) {
        System.arraycopy(model.tracks().means(), track * d, x, 0, d);
        x[d] = 1;
        Packed.multiply(s, 0, x, 0, sx, 0, n);
        z = Packed.dot(w, 0, x, 0, n);
        v = Packed.dot(x, 0, sx, 0, n);
        byMean = 0;
        byBoth = 0;
        double[] trackCovariances = model.tracks().covariances();
        int at = model.tracks().covarianceAt(track);
        int position = 0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double covariance = (i == j ? 1 : 2) * trackCovariances[at + position];
                byMean += covariance * w[i] * w[j];
                byBoth += covariance * (w[i] * w[j] + s[position]);
                position++;
            }
        }
    }

    /** σ(z) averaged over z. */
    private double probability() {
        double p = 1 / (1 + Math.exp(-z / Math.sqrt(1 + PROBIT * (v + byMean))));
        return Math.min(1 - 1e-4, Math.max(1e-4, p));
    }

    /** Moves a Gaussian; the playback's likelihood under it before. */
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
            double moved = z + v * gain;
            squaredXi = moved * moved + v * (1 - v * shrink);
        }
        Packed.add(w, 0, gain, sx, 0, n);
        Packed.addOuter(s, 0, -shrink, sx, 0, n);
        return Math.exp(trials * (target * Math.log(p) + (1 - target) * Math.log(1 - p)));
    }
}

package dev.segue.analysis;

/**
 * The listeners of an arm with their values in the experiment and, for listeners who existed before the experiment, a value
 * from before. Only measurements from before a listener's first exposure are valid covariates, because the treatment cannot
 * have affected them.
 */
public final class CovariateArm {

    static final int VALUE = 0;
    static final int BEFORE = 1;
    /** 1 for a listener without a value from before. Its value from before is set to 0. */
    static final int NEW = 2;

    private final Moments moments = new Moments(3);

    /** Adds a listener with a value from before the experiment. Both values are finite. */
    public void add(double value, double before) {
        moments.add(value, before, 0);
    }

    /** Adds a listener without a value from before. The value is finite. */
    public void addNew(double value) {
        moments.add(value, 0, 1);
    }

    /**
     * The arm's sample without the adjustment.
     *
     * @throws IllegalArgumentException if there are fewer than two listeners
     */
    public Sample unadjusted() {
        return moments.sample(VALUE);
    }

    Moments moments() {
        return moments;
    }
}

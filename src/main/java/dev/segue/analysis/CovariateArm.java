package dev.segue.analysis;

/**
 * An arm's listeners with their values in the experiment and, where they were there before, a value from before it. Only
 * what was measured before a listener's first exposure is fit for that: nothing else is sure to be untouched by the
 * treatment.
 */
public final class CovariateArm {

    static final int VALUE = 0;
    static final int BEFORE = 1;
    /** 1 for listeners without a value from before; their value from before counts as 0. */
    static final int NEW = 2;

    private final Moments moments = new Moments(3);

    /** Takes in a listener who was there before the experiment; the values are finite. */
    public void add(double value, double before) {
        moments.add(value, before, 0);
    }

    /** Takes in a listener who came first during the experiment; the value is finite. */
    public void addNew(double value) {
        moments.add(value, 0, 1);
    }

    /**
     * The arm as it is, without the values from before.
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

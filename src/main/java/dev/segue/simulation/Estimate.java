package dev.segue.simulation;

import dev.segue.analysis.Sample;

/**
 * A mean over listeners, with its standard error.
 *
 * @param listeners number of listeners
 * @param mean NaN without listeners
 * @param standardError the unbiased standard deviation divided by √listeners; NaN for fewer than two
 */
public record Estimate(int listeners, double mean, double standardError) {

    /** The mean of one value per listener. */
    static Estimate of(double... values) {
        if (values.length < 2) {
            return new Estimate(values.length, values.length == 0 ? Double.NaN : values[0], Double.NaN);
        }
        Sample sample = Sample.of(values);
        return new Estimate(values.length, sample.mean(), Math.sqrt(sample.squaredError()));
    }

    /** The variance of the mean. */
    double variance() {
        return standardError * standardError;
    }
}

package dev.segue.analysis;

import org.jspecify.annotations.Nullable;

/**
 * A quantile of an arm's observations.
 *
 * @param probability the share of observations up to it, between 0 and 1
 * @param observations number of observations
 * @param listeners number of listeners with these observations
 * @param value the quantile
 * @param interval its confidence interval; an end is infinite if there are too few listeners for it
 * @param criticalValue half the width of the interval, in standard errors
 */
public record Quantile(
        double probability, long observations, long listeners, double value, Interval interval, double criticalValue) {

    /**
     * The quantile in the form of a sample, which {@link Effect#of} can compare between arms. Its standard error is half the
     * width of the interval over the critical value (Deng, Knoblich and Lu 2018, on quantile metrics). Null if the interval is
     * unbounded.
     */
    public @Nullable Sample sample() {
        if (!interval.isBounded()) {
            return null;
        }
        double standardError = interval.width() / (2 * criticalValue);
        return new Sample(listeners, value, standardError * standardError * listeners);
    }
}

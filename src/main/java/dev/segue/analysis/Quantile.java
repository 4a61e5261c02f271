package dev.segue.analysis;

import org.jspecify.annotations.Nullable;

/**
 * A quantile of an arm's observations.
 *
 * @param probability the share of observations up to it, between 0 and 1
 * @param observations number of observations
 * @param listeners number of listeners whose observations they are
 * @param value the quantile
 * @param interval its confidence interval; an end is infinite if the listeners are too few for it
 * @param criticalValue how many standard errors the interval reaches to either side
 */
public record Quantile(
        double probability, long observations, long listeners, double value, Interval interval, double criticalValue) {

    /**
     * The quantile as the mean of a sample, for comparing it between arms by {@link Effect#of}: its standard error is half
     * the interval's width over the critical value (Deng, Knoblich and Lu 2018, on quantile metrics). Null if the interval is
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

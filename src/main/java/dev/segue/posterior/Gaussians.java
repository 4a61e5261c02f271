package dev.segue.posterior;

import java.util.HashMap;
import java.util.Map;

/**
 * Gaussian distributions over vectors of the same length n.
 *
 * @param dimensions n
 * @param means the mean of each distribution, n numbers each
 * @param covariances the covariance of each distribution, {@link Packed}
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity
public record Gaussians(int dimensions, double[] means, double[] covariances) {

    Gaussians(int count, int dimensions) {
        this(dimensions, new double[count * dimensions], new double[count * Packed.size(dimensions)]);
    }

    int count() {
        return means.length / dimensions;
    }

    int meanOffset(int i) {
        return i * dimensions;
    }

    int covarianceOffset(int i) {
        return i * Packed.size(dimensions);
    }

    Gaussians copy() {
        return new Gaussians(dimensions, means.clone(), covariances.clone());
    }

    /**
     * The posteriors of the means of groups, where m_k ~ N(prior_k, P⁻¹) and each member of group k ~ N(m_k, Q⁻¹).
     *
     * @param priors prior_k, n numbers each
     * @param priorPrecision P, packed
     * @param memberPrecision Q, packed
     * @param sums the sum of each group's members, n numbers each
     * @param counts the number of each group's members
     */
    static Gaussians ofGroups(
            int n, double[] priors, double[] priorPrecision, double[] memberPrecision, double[] sums, int[] counts) {
        var posteriors = new Gaussians(counts.length, n);
        Map<Integer, double[]> covariances = new HashMap<>(); // by count, since few counts are distinct
        double[] v = new double[n];
        double[] w = new double[n];
        for (int group = 0; group < counts.length; group++) {
            double[] covariance = covariances.computeIfAbsent(
                    counts[group], count -> Packed.inverse(Packed.sum(priorPrecision, count, memberPrecision)));
            Packed.multiply(priorPrecision, 0, priors, group * n, v, 0, n);
            Packed.multiply(memberPrecision, 0, sums, group * n, w, 0, n);
            Packed.add(v, 0, 1, w, 0, n);
            Packed.multiply(covariance, 0, v, 0, posteriors.means, group * n, n);
            System.arraycopy(
                    covariance, 0, posteriors.covariances, posteriors.covarianceOffset(group), covariance.length);
        }
        return posteriors;
    }
}

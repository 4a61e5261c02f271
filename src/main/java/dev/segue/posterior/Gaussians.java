package dev.segue.posterior;

import java.util.HashMap;
import java.util.Map;

/**
 * Gaussian distributions of one dimension n.
 *
 * @param dimensions n
 * @param means of each, n numbers
 * @param covariances of each, packed
 */
@SuppressWarnings("ArrayRecordComponent") // flat arrays are the point; compared by identity
public record Gaussians(int dimensions, double[] means, double[] covariances) {

    Gaussians(int count, int dimensions) {
        this(dimensions, new double[count * dimensions], new double[count * Packed.size(dimensions)]);
    }

    int count() {
        return means.length / dimensions;
    }

    int meanAt(int i) {
        return i * dimensions;
    }

    int covarianceAt(int i) {
        return i * Packed.size(dimensions);
    }

    Gaussians copy() {
        return new Gaussians(dimensions, means.clone(), covariances.clone());
    }

    /**
     * Posteriors of the means of groups: m_k ~ N(prior_k, P⁻¹), and each of the members of group k ~ N(m_k, Q⁻¹).
     *
     * @param priors prior_k, n numbers each
     * @param prior P, packed
     * @param members Q, packed
     * @param sums of each group's members, n numbers each
     * @param counts of each group's members
     */
    static Gaussians ofGroups(int n, double[] priors, double[] prior, double[] members, double[] sums, int[] counts) {
        var posteriors = new Gaussians(counts.length, n);
        Map<Integer, double[]> covariances = new HashMap<>(); // many groups are of a few sizes
        double[] v = new double[n];
        double[] w = new double[n];
        for (int group = 0; group < counts.length; group++) {
            double[] covariance = covariances.computeIfAbsent(
                    counts[group], count -> Packed.inverse(Packed.sum(prior, count, members)));
            Packed.multiply(prior, 0, priors, group * n, v, 0, n);
            Packed.multiply(members, 0, sums, group * n, w, 0, n);
            Packed.add(v, 0, 1, w, 0, n);
            Packed.multiply(covariance, 0, v, 0, posteriors.means, group * n, n);
            System.arraycopy(covariance, 0, posteriors.covariances, posteriors.covarianceAt(group), covariance.length);
        }
        return posteriors;
    }
}

package dev.segue.analysis;

import org.apache.commons.statistics.distribution.TDistribution;

/** Student's t distribution. */
final class StudentT {

    private StudentT() {}

    /** The value that |t| exceeds with probability alpha. */
    static double twoSidedCriticalValue(double alpha, double degreesOfFreedom) {
        return oneSidedCriticalValue(alpha / 2, degreesOfFreedom);
    }

    /** The value that t exceeds with probability alpha. */
    static double oneSidedCriticalValue(double alpha, double degreesOfFreedom) {
        return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(alpha);
    }

    /**
     * The degrees of freedom of the standard error of treatment mean − ratio · control mean, after Welch (1947) and
     * Satterthwaite (1946).
     */
    static double degreesOfFreedom(Sample control, double ratio, Sample treatment) {
        return degreesOfFreedom(
                ratio * ratio * control.squaredError(), (double) control.size(), treatment.squaredError(), (double)
                        treatment.size());
    }

    /**
     * The degrees of freedom from the two parts of the squared standard error, up to a common factor, and the numbers of
     * listeners.
     */
    static double degreesOfFreedom(
            double controlError, double controlSize, double treatmentError, double treatmentSize) {
        double sum = controlError + treatmentError;
        return sum
                * sum
                / (controlError * controlError / (controlSize - 1)
                        + treatmentError * treatmentError / (treatmentSize - 1));
    }
}

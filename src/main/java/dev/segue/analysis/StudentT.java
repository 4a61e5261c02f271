package dev.segue.analysis;

import org.apache.commons.statistics.distribution.TDistribution;

/** Student's t distribution. */
final class StudentT {

    private StudentT() {}

    /** What |t| exceeds with probability alpha. */
    static double twoSidedCriticalValue(double alpha, double degreesOfFreedom) {
        return oneSidedCriticalValue(alpha / 2, degreesOfFreedom);
    }

    /** What t exceeds with probability alpha. */
    static double oneSidedCriticalValue(double alpha, double degreesOfFreedom) {
        return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(alpha);
    }

    /**
     * The degrees of freedom of the standard error √(control + treatment), after Welch (1947) and Satterthwaite (1946, eq.
     * 17); the variances may be scaled.
     *
     * @param controlError squared standard error of the control's part
     * @param treatmentError squared standard error of the treatment's part
     */
    static double degreesOfFreedom(double controlError, long controlSize, double treatmentError, long treatmentSize) {
        double sum = controlError + treatmentError;
        return sum
                * sum
                / (controlError * controlError / (controlSize - 1)
                        + treatmentError * treatmentError / (treatmentSize - 1));
    }
}

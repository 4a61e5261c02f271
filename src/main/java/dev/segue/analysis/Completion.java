package dev.segue.analysis;

import org.apache.commons.statistics.inference.ChiSquareTest;

/**
 * The numbers of exposed listeners who finished a session, in control and in a treatment. Means per session are computed over
 * these listeners. If the shares of listeners who finished differ, the arms' means cover different kinds of listeners, and
 * their difference is not an effect of the treatment.
 *
 * @param arm name of the treatment's arm
 * @param controlFinished listeners of control who finished a session
 * @param control listeners who were exposed to control
 * @param treatmentFinished listeners of the treatment who finished a session
 * @param treatment listeners who were exposed to the treatment
 * @param pValue p-value of Pearson's chi-square test for equal shares; 1 if all or no listeners finished
 */
public record Completion(
        String arm, long controlFinished, long control, long treatmentFinished, long treatment, double pValue) {

    /** Below this p-value, means per session are not compared. */
    public static final double DIFFERENT = 0.01;

    /**
     * Tests two shares.
     *
     * @throws IllegalArgumentException if more listeners finished a session than were exposed
     */
    public static Completion of(
            String arm, long controlFinished, long control, long treatmentFinished, long treatment) {
        if (controlFinished > control || treatmentFinished > treatment) {
            throw new IllegalArgumentException("more listeners finished a session than were exposed");
        }
        long finished = controlFinished + treatmentFinished;
        boolean isMixed = control > 0 && treatment > 0 && finished > 0 && finished < control + treatment;
        double pValue = isMixed
                ? ChiSquareTest.withDefaults()
                        .test(new long[][] {
                            {controlFinished, control - controlFinished},
                            {treatmentFinished, treatment - treatmentFinished}
                        })
                        .getPValue()
                : 1;
        return new Completion(arm, controlFinished, control, treatmentFinished, treatment, pValue);
    }

    /** Whether the shares differ significantly, so that means per session cannot be compared. */
    public boolean isDifferent() {
        return pValue < DIFFERENT;
    }

    /** Whether the shares are exactly equal. */
    public boolean isEqual() {
        return controlFinished * treatment == treatmentFinished * control;
    }
}

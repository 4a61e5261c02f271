package dev.segue.analysis;

import org.apache.commons.statistics.inference.ChiSquareTest;

/**
 * How many of the exposed listeners finished a session, in control and in a treatment. Means per session are of those who did:
 * where their shares differ, the arms' means are of different kinds of listeners, and their difference is no effect of the
 * treatment.
 *
 * @param arm name of the treatment's arm
 * @param controlFinished listeners of control who finished a session
 * @param control listeners who were exposed to control
 * @param treatmentFinished likewise
 * @param treatment likewise
 * @param pValue probability of shares at least as different if listeners of both arms are as likely to finish one, by
 *     Pearson's chi-square test of two proportions; 1 if all or none of them did
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

    /** Whether the shares differ by more than chance explains, so that means per session say nothing of the treatment. */
    public boolean isDifferent() {
        return pValue < DIFFERENT;
    }

    /** Whether the shares are equal to the last digit. */
    public boolean isEqual() {
        return controlFinished * treatment == treatmentFinished * control;
    }
}

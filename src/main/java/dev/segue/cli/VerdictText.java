package dev.segue.cli;

import dev.segue.training.Verdict;
import dev.segue.training.Verdict.Gain;
import java.util.Locale;

/** A model's verdict in words. */
final class VerdictText {

    private VerdictText() {}

    /** Both comparisons, a line each. */
    static String comparisons(String model, Verdict verdict) {
        return comparison(
                        model + (verdict.betterThanMean() ? " is better" : " is not better") + " than always the mean",
                        verdict.mean(),
                        verdict)
                + comparison(
                        model + (verdict.betterThanTrackMeans() ? " is better" : " is not better")
                                + " than each track's mean",
                        verdict.trackMeans(),
                        verdict);
    }

    private static String comparison(String sentence, Gain gain, Verdict verdict) {
        return String.format(Locale.ROOT, "%s: %s%n", sentence, gain(gain, verdict));
    }

    /** What a model gained over the mean. */
    static String gain(Verdict verdict) {
        return gain(verdict.mean(), verdict);
    }

    private static String gain(Gain gain, Verdict verdict) {
        return String.format(
                Locale.ROOT,
                "gain %.5f [%.5f, %.5f] in mean squared error, 95%% interval over %,d %s",
                gain.gain(),
                gain.lower(),
                gain.upper(),
                verdict.size(),
                verdict.units().name().toLowerCase(Locale.ROOT));
    }
}

package dev.segue.training;

import java.util.ArrayList;
import java.util.List;

/**
 * The epochs of a training. Early stopping and the learning rate depend only on it, so that a resumed training has the same result as an
 * uninterrupted one.
 *
 * @param epochs the epochs in order
 */
public record History(List<Epoch> epochs) {

    private static final double REDUCTION = 0.1;

    public History {
        epochs = List.copyOf(epochs);
    }

    /**
     * One pass over the training rows.
     *
     * @param number the epoch's number, from 1
     * @param trainingLoss mean of the batches' losses
     * @param validation root mean squared error over all validation rows
     * @param learningRate Adam's learning rate
     * @param seconds duration in seconds
     */
    public record Epoch(int number, double trainingLoss, double validation, double learningRate, double seconds) {}

    History with(Epoch epoch) {
        List<Epoch> longer = new ArrayList<>(epochs);
        longer.add(epoch);
        return new History(longer);
    }

    /** The number of the epoch with the lowest validation error, ties to the first; 0 without epochs. */
    public int best() {
        int best = 0;
        for (Epoch epoch : epochs) {
            if (best == 0 || epoch.validation() < epochs.get(best - 1).validation()) {
                best = epoch.number();
            }
        }
        return best;
    }

    /** Whether the last {@code patience} epochs had no improvement. */
    boolean hasStalled(int patience) {
        return epochs.size() - best() >= patience;
    }

    /** The next epoch's learning rate: divided by 10 after each {@code plateau} + 1 epochs without improvement. */
    double nextLearningRate(double initialRate, int plateau) {
        double rate = initialRate;
        double lowest = Double.POSITIVE_INFINITY;
        int epochsWithoutImprovement = 0;
        for (Epoch epoch : epochs) {
            epochsWithoutImprovement = epoch.validation() < lowest ? 0 : epochsWithoutImprovement + 1;
            lowest = Math.min(lowest, epoch.validation());
            if (epochsWithoutImprovement > plateau) {
                rate *= REDUCTION;
                epochsWithoutImprovement = 0;
            }
        }
        return rate;
    }
}

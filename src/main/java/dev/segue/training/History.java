package dev.segue.training;

import java.util.ArrayList;
import java.util.List;

/**
 * The epochs of a training. When to stop, and how fast to learn, follow from it alone, so a training that goes on after a kill
 * does what it would have done without.
 *
 * @param epochs in their order
 */
public record History(List<Epoch> epochs) {

    private static final double REDUCTION = 0.1;

    public History {
        epochs = List.copyOf(epochs);
    }

    /**
     * One pass over the training rows.
     *
     * @param number from 1
     * @param trainingLoss mean of the batches' losses
     * @param validation root of the mean squared error over all validation rows
     * @param learningRate Adam's
     * @param seconds how long it took
     */
    public record Epoch(int number, double trainingLoss, double validation, double learningRate, double seconds) {}

    History with(Epoch epoch) {
        List<Epoch> longer = new ArrayList<>(epochs);
        longer.add(epoch);
        return new History(longer);
    }

    /** The number of the epoch with the least validation error, the first of equals; 0 if there is none. */
    public int best() {
        int best = 0;
        for (Epoch epoch : epochs) {
            if (best == 0 || epoch.validation() < epochs.get(best - 1).validation()) {
                best = epoch.number();
            }
        }
        return best;
    }

    /** Whether so many epochs went by without a better one. */
    boolean hasStalled(int patience) {
        return epochs.size() - best() >= patience;
    }

    /** The next epoch's learning rate: divided by 10 whenever more than {@code plateau} epochs went by without a better one. */
    double nextLearningRate(double first, int plateau) {
        double rate = first;
        double least = Double.POSITIVE_INFINITY;
        int waited = 0;
        for (Epoch epoch : epochs) {
            waited = epoch.validation() < least ? 0 : waited + 1;
            least = Math.min(least, epoch.validation());
            if (waited > plateau) {
                rate *= REDUCTION;
                waited = 0;
            }
        }
        return rate;
    }
}

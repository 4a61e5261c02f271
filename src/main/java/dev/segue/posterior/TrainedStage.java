package dev.segue.posterior;

/**
 * The result of a training stage, from which the next stage starts.
 *
 * @param number the stage's number, from 1
 * @param grouping the units that the model was fitted to
 * @param gamma the artist discount for the next stage, 0 to 1
 * @param firstShare the played share of first tracks for the next stage, 0 to 1
 */
public record TrainedStage(int number, SessionModel model, Grouping grouping, double gamma, double firstShare) {}

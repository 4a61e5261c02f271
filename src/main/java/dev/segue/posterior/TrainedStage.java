package dev.segue.posterior;

/**
 * The result of a stage of a training, from which the next one starts.
 *
 * @param number the stage, from 1
 * @param grouping the units that the model was fitted to
 * @param gamma the artist discount for the next stage, estimated from the rows that the model explains
 * @param firstShare the share of first tracks for the next stage, likewise
 */
public record TrainedStage(int number, SessionModel model, Grouping grouping, double gamma, double firstShare) {}

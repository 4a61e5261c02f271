package dev.segue.posterior;

/**
 * What a stage of a training leaves to the next one.
 *
 * @param number the stage, from 1
 * @param grouping the units that the model was fitted to
 * @param gamma the artist discount for the next stage, estimated from the rows that the model explains
 * @param firstShare the share of first tracks for the next stage, likewise
 */
public record TrainedStage(int number, SessionModel model, Grouping grouping, double gamma, double firstShare) {}

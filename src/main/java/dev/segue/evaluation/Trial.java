package dev.segue.evaluation;

import java.util.Map;

/**
 * A trial of a search: a line of its file.
 *
 * @param trial the trial's number, from 0; trial 0 has the default values
 * @param recommender the recommender's name
 * @param data a fingerprint of the sessions and options
 * @param parameters the parameters' values
 * @param metrics the metrics on the validation sessions
 */
record Trial(int trial, String recommender, String data, Map<String, Double> parameters, Map<String, Double> metrics) {}

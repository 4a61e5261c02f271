package dev.segue.evaluation;

import java.util.Map;

/**
 * One trial of a search: a line of its file.
 *
 * @param trial its number, from 0, which has the standard values
 * @param recommender the recommender's name
 * @param data a fingerprint of the sessions and of what was measured
 * @param parameters the parameters' values
 * @param metrics the metrics on the validation sessions
 */
record Trial(int trial, String recommender, String data, Map<String, Double> parameters, Map<String, Double> metrics) {}

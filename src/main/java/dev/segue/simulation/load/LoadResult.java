package dev.segue.simulation.load;

/**
 * The result of a load, without the warm-up, whose failures alone are counted.
 *
 * @param sessions number of completed sessions
 * @param requests figures of the requests
 */
public record LoadResult(long sessions, RequestFigures requests) {}

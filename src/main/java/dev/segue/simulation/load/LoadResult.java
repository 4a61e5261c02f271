package dev.segue.simulation.load;

/**
 * The result of a load; of the warm-up, only failures are counted.
 *
 * @param sessions sessions that ended as listeners end them
 * @param requests what came of the requests
 */
public record LoadResult(long sessions, RequestFigures requests) {}

package dev.segue.catalog;

/**
 * How much a new catalog may differ from the current one. The names of the settings that set the bounds are in the messages of
 * {@link CatalogChange}.
 *
 * @param lostPercent maximum share of data that may be lost or renamed, in percent
 * @param unknownPoints maximum growth of the share of unknown tracks in lists, in percentage points
 * @param withoutNeighboursPoints maximum growth of the share of tracks without neighbours, in percentage points
 */
public record CatalogBounds(int lostPercent, int unknownPoints, int withoutNeighboursPoints) {}

package dev.segue.reload;

import dev.segue.catalog.CatalogCounts;

/**
 * A period in which one generation served.
 *
 * @param generation the fingerprint of the generation
 * @param counts the sizes of its catalog
 * @param loadedAt when its files were loaded, in ms since 1970
 * @param since the begin of the period, in ms since 1970
 * @param cause how it came into service
 */
public record InService(String generation, CatalogCounts counts, long loadedAt, long since, Cause cause) {}

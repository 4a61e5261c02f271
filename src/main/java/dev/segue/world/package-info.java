/**
 * Synthetic worlds: a catalog, its listeners and the true embeddings. {@link dev.segue.world.WorldRecipe} generates a world
 * from a seed, and {@link dev.segue.world.WorldFiles} writes its files. Start with {@code WorldRecipe}.
 */
@NullMarked
package dev.segue.world;

import org.jspecify.annotations.NullMarked;

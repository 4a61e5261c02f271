/**
 * Worlds without people: a catalog, its listeners, and the truth about what they like. Start with {@link
 * dev.segue.world.WorldRecipe}, which makes one from a seed; {@link dev.segue.world.WorldFiles} says how it stands on disk.
 */
@NullMarked
package dev.segue.world;

import org.jspecify.annotations.NullMarked;

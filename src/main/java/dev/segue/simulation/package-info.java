/**
 * Worlds without people: {@link dev.segue.simulation.WorldRecipe} makes a catalog and its listeners from a seed,
 * {@link dev.segue.simulation.ListenerModel} plays tracks to them. Start with {@link dev.segue.simulation.WorldRecipe}.
 */
@NullMarked
package dev.segue.simulation;

import org.jspecify.annotations.NullMarked;

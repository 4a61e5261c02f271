/**
 * Reproducible random numbers: a stream is a function of its keys. Start with {@link dev.segue.random.KeyedRandom}.
 */
@NullMarked
package dev.segue.random;

import org.jspecify.annotations.NullMarked;

/**
 * Random numbers that can be repeated: a stream is a function of what it is for, not of when it is asked. Start with
 * {@link dev.segue.random.KeyedRandom}.
 */
@NullMarked
package dev.segue.random;

import org.jspecify.annotations.NullMarked;

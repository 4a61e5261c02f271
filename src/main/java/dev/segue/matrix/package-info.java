/**
 * Matrices of numbers, NumPy's file format for them, and the nearest neighbours among their rows. Start with {@link
 * dev.segue.matrix.FloatMatrix}; {@link dev.segue.matrix.NpyFile} reads and writes, {@link
 * dev.segue.matrix.NearestTracks} finds the rows with the largest inner products.
 */
@NullMarked
package dev.segue.matrix;

import org.jspecify.annotations.NullMarked;

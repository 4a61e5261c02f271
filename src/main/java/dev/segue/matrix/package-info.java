/**
 * Matrices, NumPy's file format for them, and exact nearest neighbours of their rows. Start with {@link dev.segue.matrix.FloatMatrix};
 * {@link dev.segue.matrix.NpyFile} reads and writes files, and {@link dev.segue.matrix.NearestTracks} finds the rows with the largest
 * inner products.
 */
@NullMarked
package dev.segue.matrix;

import org.jspecify.annotations.NullMarked;

package dev.segue.catalog;

import java.nio.file.Path;

/** The file of scores that belongs to a neighbour catalog in {@code .npy}: the same shape, float32. */
public final class ScoresFile {

    private ScoresFile() {}

    /** {@code neighbours.scores.npy} of {@code neighbours.npy}; likewise with {@code .gz} behind it. */
    public static Path of(Path catalog) {
        String name = String.valueOf(catalog.getFileName());
        return catalog.resolveSibling(name.replaceFirst("(\\.npy)?(\\.gz)?$", ".scores.npy$2"));
    }
}

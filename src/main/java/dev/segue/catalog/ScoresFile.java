package dev.segue.catalog;

import java.nio.file.Path;

/** The scores file of a neighbour catalog in {@code .npy} format: a float32 matrix of the same shape. */
public final class ScoresFile {

    private ScoresFile() {}

    /**
     * The path of the scores file, such as {@code neighbours.scores.npy} for {@code neighbours.npy}; {@code .gz} is
     * kept.
     */
    public static Path of(Path catalog) {
        String name = String.valueOf(catalog.getFileName());
        return catalog.resolveSibling(name.replaceFirst("(\\.npy)?(\\.gz)?$", ".scores.npy$2"));
    }

    /** Whether a file may have a scores file: whether its name is that of a {@code .npy} file. */
    static boolean isBeside(Path catalog) {
        return String.valueOf(catalog.getFileName()).matches(".*\\.npy(\\.gz)?");
    }
}

package dev.segue.reload;

import org.jspecify.annotations.Nullable;

/**
 * A generation whose files are kept on the disk.
 *
 * @param generation its fingerprint
 * @param number orders the generations by the time at which they were kept, or returned to
 * @param keptAt in ms since 1970
 * @param refusal why it was refused; null if it was not
 */
public record KeptGeneration(
        String generation,
        long number,
        long keptAt,
        @Nullable String refusal) {}

package dev.segue.upkeep;

import org.jspecify.annotations.Nullable;

/** New files are not served; the message has the reason. */
public final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final @Nullable String generation;

    /** @param generation the fingerprint of the generation of the files; null if they were not loaded */
    public RefusedException(String message, @Nullable String generation) {
        super(message);
        this.generation = generation;
    }

    @Nullable
    String generation() {
        return generation;
    }
}

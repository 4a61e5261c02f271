package dev.segue.cli;

import java.util.Optional;

/** Describes failures of commands whose libraries {@code segue-serve.jar} leaves out. */
final class MissingLibrary {

    private static final String TRAINING = "ai/djl/";

    private MissingLibrary() {}

    /** The message, if a failure is due to a library that the jar leaves out. */
    static Optional<String> problem(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoClassDefFoundError
                    && String.valueOf(cause.getMessage()).startsWith(TRAINING)) {
                return Optional.of("this jar is without PyTorch; use segue.jar, which has all libraries");
            }
        }
        return Optional.empty();
    }
}

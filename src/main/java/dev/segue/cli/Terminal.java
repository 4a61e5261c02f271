package dev.segue.cli;

import java.io.Console;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** The two streams that commands print to. Each may be a terminal, with a person in front, whatever the other one is. */
enum Terminal {
    STANDARD_OUTPUT(1),
    STANDARD_ERROR(2);

    private final int fileDescriptor;

    Terminal(int fileDescriptor) {
        this.fileDescriptor = fileDescriptor;
    }

    /** Whether the stream is a terminal. Java knows of no single stream; the {@code test} of every Unix does. */
    boolean isThere() {
        try {
            Process test = new ProcessBuilder("test", "-t", String.valueOf(fileDescriptor))
                    .redirectOutput(Redirect.INHERIT)
                    .redirectError(Redirect.INHERIT)
                    .start();
            return test.waitFor() == 0;
        } catch (IOException noUnix) {
            return isConsole();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Since JDK 22 there is a console even without a terminal, and a method that tells. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isConsole() {
        Console console = System.console();
        if (console == null || Runtime.version().feature() < 22) {
            return console != null;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}

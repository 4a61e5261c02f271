package dev.segue.cli;

import java.io.Console;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** The two output streams of commands. Each may be connected to a terminal, independently of the other. */
enum Terminal {
    STANDARD_OUTPUT(1),
    STANDARD_ERROR(2);

    private final int fileDescriptor;

    Terminal(int fileDescriptor) {
        this.fileDescriptor = fileDescriptor;
    }

    /**
     * Whether the stream is connected to a terminal. Java cannot check a single stream, so this runs the Unix command
     * {@code test}. On JDK 17, jline does the same.
     */
    boolean isInteractive() {
        try {
            Process test = new ProcessBuilder("test", "-t", String.valueOf(fileDescriptor))
                    .redirectOutput(Redirect.INHERIT)
                    .redirectError(Redirect.INHERIT)
                    .start();
            return test.waitFor() == 0;
        } catch (IOException notUnix) {
            return isConsole();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Since JDK 22 a console exists even without a terminal, and {@code Console.isTerminal} checks for one. */
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

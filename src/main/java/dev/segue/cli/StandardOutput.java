package dev.segue.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/**
 * The output of commands, which reports lost output; {@link System#out} and {@link PrintWriter} do not report write errors. A
 * closed pipe, as in {@code segue report | head -1}, ends a command without a message, with the exit code of a program ended by
 * SIGPIPE. Other write errors are printed on standard error.
 */
final class StandardOutput extends OutputStream {

    /** The exit code of a program that is ended by SIGPIPE, signal 13. */
    static final int CLOSED_PIPE = 128 + 13;

    private final OutputStream out;
    private final PrintWriter writer;
    private @Nullable IOException failure;

    /** The standard output of this process. */
    StandardOutput() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    StandardOutput(OutputStream out) {
        this.out = out;
        writer = new PrintWriter(new OutputStreamWriter(this, charset()), true);
    }

    /** The character encoding of standard output, chosen as in picocli. */
    private static Charset charset() {
        String terminal = System.getProperty("sun.stdout.encoding");
        return terminal == null ? Charset.defaultCharset() : Charset.forName(terminal);
    }

    PrintWriter writer() {
        return writer;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (failure != null) {
            throw failure; // no output after a gap
        }
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /**
     * Flushes the output, and prints a message if output was lost.
     *
     * @param exitCode exit code of the command
     * @param errors receives the message
     * @return exit code of the process, not 0 if output was lost
     */
    int end(int exitCode, PrintWriter errors) {
        writer.flush();
        if (failure == null) {
            return exitCode;
        }
        boolean closed = isClosedPipe(failure);
        if (!closed) {
            errors.println("segue: standard output cannot be written (" + failure.getMessage()
                    + "), and output is lost; free disk space, or redirect it elsewhere");
            errors.flush();
        }
        if (exitCode != ExitCode.OK) {
            return exitCode;
        }
        return closed ? CLOSED_PIPE : ExitCode.SOFTWARE;
    }

    private static boolean isClosedPipe(IOException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
    }
}

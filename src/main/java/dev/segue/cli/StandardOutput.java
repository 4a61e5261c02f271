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
 * The output of commands, which remembers that printing failed: {@link System#out} and every {@link PrintWriter} keep silent about it. A
 * closed pipe, as of {@code segue report | head -1}, ends a command without words, with the exit code that shells give to programs that
 * SIGPIPE ended; all else that is lost is told.
 */
final class StandardOutput extends OutputStream {

    /** As of a program that ends by SIGPIPE, signal 13. */
    static final int CLOSED_PIPE = 128 + 13;

    private final OutputStream out;
    private final PrintWriter writer;
    private @Nullable IOException failure;

    /** The process's own. */
    StandardOutput() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    StandardOutput(OutputStream out) {
        this.out = out;
        writer = new PrintWriter(new OutputStreamWriter(this, charset()), true);
    }

    /** The terminal's, as picocli takes it. */
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
            throw failure; // what comes after a gap is of no use
        }
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /**
     * Passes on all that was printed.
     *
     * @param exitCode the command's own
     * @param errors where a loss is told
     * @return the process's: another than 0 if anything was lost
     */
    int end(int exitCode, PrintWriter errors) {
        writer.flush();
        if (failure == null) {
            return exitCode;
        }
        boolean closed = isClosedPipe(failure);
        if (!closed) {
            errors.println("segue: standard output cannot be written (" + failure.getMessage()
                    + "), and what was printed is lost; make room, or send it elsewhere");
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

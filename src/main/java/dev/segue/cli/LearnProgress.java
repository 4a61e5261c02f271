package dev.segue.cli;

import dev.segue.learn.Learning;
import dev.segue.posterior.SessionTraining;
import dev.segue.training.History.Epoch;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Prints each stage of a learning, and shows the progress of its training on a terminal. */
final class LearnProgress implements Learning.Watcher, AutoCloseable {

    private final PrintWriter err;
    private @Nullable Progress bar;

    LearnProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void stage(int number, int of, String name) {
        close();
        err.printf(Locale.ROOT, "stage %d of %d: %s%n", number, of, name);
        err.flush();
    }

    @Override
    public void row(int epoch, long row, long of) {
        if (bar == null || row <= 1) {
            close();
            bar = new Progress("epoch " + epoch, of, " rows");
        }
        bar.accept(row);
    }

    @Override
    public void epoch(Epoch epoch) {
        close();
    }

    @Override
    public void sweepEnded(int stage, int sweep) {
        if (bar == null) {
            bar = new Progress(
                    "train",
                    IntStream.rangeClosed(1, SessionTraining.stages())
                            .map(SessionTraining::sweeps)
                            .sum(),
                    " sweeps");
        }
        bar.accept(IntStream.range(1, stage).map(SessionTraining::sweeps).sum() + sweep);
    }

    @Override
    public void warning(String message) {
        close();
        err.printf(Locale.ROOT, "segue learn: warning: %s%n", message);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}

package dev.segue.cli;

import dev.segue.simulation.days.PausableProgress;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar with rate and remaining time on standard error, shown only if that is a terminal. */
final class Progress implements PausableProgress, AutoCloseable {

    private static final int UPDATE_MILLIS = 250;

    private final @Nullable ProgressBar bar;
    private boolean closed;

    /**
     * @param total final value of {@link #accept}
     * @param unit name of the counted units, such as " sessions"
     */
    Progress(String task, long total, String unit) {
        this(task, total, unit, 1);
    }

    /**
     * @param total final value of {@link #accept}
     * @param unit name of the displayed units, such as " MB"
     * @param size number of counted units per displayed unit
     */
    Progress(String task, long total, String unit, long size) {
        bar = Terminal.STANDARD_ERROR.isInteractive()
                ? new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(total)
                        .setUnit(unit, size)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(UPDATE_MILLIS)
                        .showSpeed()
                        .build()
                : null;
    }

    /** Sets the number of units that are done. */
    @Override
    public void accept(long done) {
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    /** Whether the bar is shown. */
    boolean isShown() {
        return bar != null;
    }

    /** Shows a message after the bar. */
    void showMessage(String message) {
        if (bar != null) {
            bar.setExtraMessage(message);
        }
    }

    @Override
    public void pause() {
        if (bar != null) {
            bar.pause();
        }
    }

    @Override
    public void resume() {
        if (bar != null) {
            System.err.println(); // keeps the bar's last line
            bar.resume();
        }
    }

    /** Ends the bar; later output does not overwrite it. */
    @Override
    public void close() {
        if (bar != null && !closed) {
            closed = true;
            bar.close();
        }
    }
}

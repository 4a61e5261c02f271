package dev.segue.cli;

import dev.segue.simulation.days.PausableProgress;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar with rate and time left on standard error; nothing at all unless that is a terminal. */
final class Progress implements PausableProgress, AutoCloseable {

    private static final int UPDATE_MILLIS = 250;

    private final @Nullable ProgressBar bar;
    private boolean closed;

    /**
     * @param total what {@link #accept} will have been told at the end
     * @param unit what is counted, such as " sessions"
     */
    Progress(String task, long total, String unit) {
        this(task, total, unit, 1);
    }

    /**
     * @param total what {@link #accept} will have been told at the end
     * @param unit what is shown, such as " MB"
     * @param size how many of what is counted make one of what is shown
     */
    Progress(String task, long total, String unit, long size) {
        bar = Terminal.STANDARD_ERROR.isThere()
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

    /** Tells how much is done so far, of the total. */
    @Override
    public void accept(long done) {
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    /** Whether anybody sees it. */
    boolean isShown() {
        return bar != null;
    }

    /** Shows a few words after the bar. */
    void tell(String words) {
        if (bar != null) {
            bar.setExtraMessage(words);
        }
    }

    @Override
    public void pause() {
        if (bar != null) {
            bar.pause();
        }
    }

    @Override
    public void goOn() {
        if (bar != null) {
            System.err.println(); // the bar's line
            bar.resume();
        }
    }

    /** The bar's last look; what is printed from then on stays. */
    @Override
    public void close() {
        if (bar != null && !closed) {
            closed = true;
            bar.close();
        }
    }
}

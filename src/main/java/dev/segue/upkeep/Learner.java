package dev.segue.upkeep;

import java.io.IOException;

/** Learns from the log, and prepares the new files beside their targets. */
public interface Learner {

    /**
     * The result of a learning.
     *
     * @param exitCode that of {@code segue learn}: 0 if no stage was refused, 1 otherwise
     * @param output the rows of the stages, a JSON array
     * @param messages the last lines of its messages
     * @param isStopped whether it was stopped
     */
    record Result(int exitCode, String output, String messages, boolean isStopped) {}

    /** Learns; takes minutes or hours. */
    Result learn() throws IOException, InterruptedException;

    /** Stops a learning in progress, and those that begin later. */
    void stop();
}

/**
 * Replays recorded sessions, in this process or to a server, and compares the recommendations with the recorded playbacks.
 * Start with {@link dev.segue.simulation.replay.Replay}.
 */
@NullMarked
package dev.segue.simulation.replay;

import org.jspecify.annotations.NullMarked;

/**
 * The durable play log: playbacks and recommendations, one {@link dev.segue.play.Event} per line.
 *
 * <p>To write, start at {@link dev.segue.event.EventLog}; to read, at {@link dev.segue.event.EventReader}. The log
 * guarantees that an acknowledged event is in the file, exactly once, even if the process is killed.
 */
@NullMarked
package dev.segue.event;

import org.jspecify.annotations.NullMarked;

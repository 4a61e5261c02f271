/**
 * The durable play log: playbacks and recommendations, one {@link dev.segue.play.Event} per line.
 *
 * <p>To write, start at {@link dev.segue.event.EventLog}; to read, at {@link dev.segue.event.EventReader}. An
 * acknowledged event is in the log, even if the process is killed. If another program takes the live file away, an event may be
 * there twice; readers drop the repetition.
 */
@NullMarked
package dev.segue.event;

import org.jspecify.annotations.NullMarked;

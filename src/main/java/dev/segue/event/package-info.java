/**
 * The durable play log: what listeners heard and what they were recommended, one {@link dev.segue.play.Event} a line.
 *
 * <p>To write, start at {@link dev.segue.event.EventLog}; to read, at {@link dev.segue.event.EventReader}. The log keeps
 * one promise above all: an event that was acknowledged is in the file, once, even if the process is killed.
 */
@NullMarked
package dev.segue.event;

import org.jspecify.annotations.NullMarked;

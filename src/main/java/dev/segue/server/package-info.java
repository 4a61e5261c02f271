/**
 * HTTP. {@link dev.segue.server.NextTrackService} is the one use case on one screen: start there. {@link
 * dev.segue.server.SegueServer} puts Jetty around it, each {@link dev.segue.server.Endpoint} is a servlet, and {@link
 * dev.segue.server.AnswerGate} holds an answer back until its event is on file.
 *
 * <p>Requests are handled on the thread that selected them, so nothing here may block: request content has arrived before
 * a servlet sees it, the event log is written by a thread of its own, and whoever must wait for it waits without a thread.
 */
@NullMarked
package dev.segue.server;

import org.jspecify.annotations.NullMarked;

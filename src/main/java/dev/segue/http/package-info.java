/**
 * HTTP around {@link dev.segue.service.NextTrackService}: {@link dev.segue.http.SegueServer} puts Jetty before it, each {@link dev.segue.http.Endpoint} is a servlet, and {@link
 * dev.segue.http.DurableResponse} holds an answer back until its event is on file.
 *
 * <p>Requests are handled on the thread that selected them, so nothing here may block: request content has arrived before
 * a servlet sees it, the event log is written by a thread of its own, and whoever must wait for it waits without a thread.
 */
@NullMarked
package dev.segue.http;

import org.jspecify.annotations.NullMarked;

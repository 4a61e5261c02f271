/**
 * HTTP around {@link dev.segue.service.NextTrackService}: {@link dev.segue.http.SegueServer} sets up Jetty, each {@link
 * dev.segue.http.Endpoint} is a servlet, and {@link dev.segue.http.DurableResponse} delays a response until its event is in the
 * log file.
 *
 * <p>The selector's thread handles requests, so handlers must not block: the body has arrived before a servlet is called,
 * another thread writes the event log, and a response that waits for the log occupies no thread.
 */
@NullMarked
package dev.segue.http;

import org.jspecify.annotations.NullMarked;

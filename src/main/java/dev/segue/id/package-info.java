/**
 * The ids of listeners and tracks, numbers or strings as a music service has them: {@link dev.segue.id.ListenerId} and {@link
 * dev.segue.id.TrackIds}. {@link dev.segue.id.TrackRows} numbers tracks without gaps, as the rows of a catalog or a model.
 */
@NullMarked
package dev.segue.id;

import org.jspecify.annotations.NullMarked;

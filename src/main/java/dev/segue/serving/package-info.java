/**
 * The use case, without HTTP: {@link dev.segue.serving.NextTrackService} is on one screen, start there. {@link
 * dev.segue.serving.ServingPlan} turns a configuration and a catalog into the {@link dev.segue.serving.Generation} that it
 * serves. The HTTP server and the simulator's in-process mode are its two callers.
 */
@NullMarked
package dev.segue.serving;

import org.jspecify.annotations.NullMarked;

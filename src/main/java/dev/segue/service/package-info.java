/**
 * The use case, without HTTP: {@link dev.segue.service.NextTrackService} is on one screen, start there. {@link
 * dev.segue.service.ServingPlan} turns a configuration and a catalog into the {@link dev.segue.service.Generation} that it
 * serves. The HTTP server and the simulator's in-process mode are its two callers.
 */
@NullMarked
package dev.segue.service;

import org.jspecify.annotations.NullMarked;

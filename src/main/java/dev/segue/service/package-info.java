/**
 * The use case, without HTTP: {@link dev.segue.service.NextTrackService} handles a request; start there. {@link
 * dev.segue.service.ServingPlan} turns a configuration and a catalog into the {@link dev.segue.service.Generation} in
 * service. The HTTP server and simulations in process call it. The architecture page of the documentation has a sequence
 * diagram of a request.
 */
@NullMarked
package dev.segue.service;

import org.jspecify.annotations.NullMarked;

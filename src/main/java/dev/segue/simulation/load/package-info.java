/**
 * Simulated listeners as a load on a server over HTTP: {@link dev.segue.simulation.load.LoadSimulation} keeps the
 * connections busy, in a closed or an open loop, and {@link dev.segue.simulation.load.RequestMeter} measures the requests.
 * Start with {@link dev.segue.simulation.load.ServerPlayer}.
 */
@NullMarked
package dev.segue.simulation.load;

import org.jspecify.annotations.NullMarked;

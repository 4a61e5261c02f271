/**
 * Load on a server over HTTP by simulated listeners: {@link dev.segue.simulation.load.LoadSimulation} sends the requests, in a
 * closed or an open loop, and {@link dev.segue.simulation.load.RequestMeter} measures them.
 * Start with {@link dev.segue.simulation.load.ServerPlayer}.
 */
@NullMarked
package dev.segue.simulation.load;

import org.jspecify.annotations.NullMarked;

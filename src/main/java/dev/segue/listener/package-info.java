/**
 * Listeners. Every other package speaks of listeners by {@link dev.segue.listener.ListenerId}: start there.
 */
@NullMarked
package dev.segue.listener;

import org.jspecify.annotations.NullMarked;

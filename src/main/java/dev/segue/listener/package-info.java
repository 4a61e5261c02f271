/**
 * Listener ids. See {@link dev.segue.listener.ListenerId}.
 */
@NullMarked
package dev.segue.listener;

import org.jspecify.annotations.NullMarked;

/**
 * Learns everything that a configuration serves from its event log, in stages that can be resumed, and publishes each stage's files unless
 * they are worse than the present ones. Start with {@link dev.segue.learn.Learning}.
 */
@NullMarked
package dev.segue.learn;

import org.jspecify.annotations.NullMarked;

/**
 * Assigns listeners to the arms of experiments. Start with {@link dev.segue.experiment.Experiment}; {@link
 * dev.segue.experiment.AssignmentHash} is its hash.
 */
@NullMarked
package dev.segue.experiment;

import org.jspecify.annotations.NullMarked;

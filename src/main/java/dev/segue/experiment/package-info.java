/**
 * Assigns listeners to the arms of experiments. Start with {@link dev.segue.experiment.Experiment}, whose assignment rule {@link
 * dev.segue.experiment.AssignmentHash} spells out.
 */
@NullMarked
package dev.segue.experiment;

import org.jspecify.annotations.NullMarked;

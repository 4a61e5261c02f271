/**
 * The operator's settings: file, environment and flags as one checked value. Start at {@link
 * dev.segue.config.Configuration#load}; {@link dev.segue.config.Setting} is the table of everything that can be set, and
 * {@code config.schema.json} beside it says the same to editors.
 */
@NullMarked
package dev.segue.config;

import org.jspecify.annotations.NullMarked;

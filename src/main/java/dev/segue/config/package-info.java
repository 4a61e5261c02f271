/**
 * The settings. {@link dev.segue.config.Configuration#load} reads file, environment and flags, and is the place to start. {@link
 * dev.segue.config.Setting} has the scalar settings, and each {@link dev.segue.config.Key} a key of the file's objects; {@code
 * config.schema.json} and the configuration reference are generated from both.
 */
@NullMarked
package dev.segue.config;

import org.jspecify.annotations.NullMarked;

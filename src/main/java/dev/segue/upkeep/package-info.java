/**
 * Keeps the models of a running server up to date: a child process learns from the log, and the server reloads the files. Start with {@link
 * dev.segue.upkeep.Upkeep}.
 */
@NullMarked
package dev.segue.upkeep;

import org.jspecify.annotations.NullMarked;

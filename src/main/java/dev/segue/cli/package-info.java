/**
 * The commands: {@link dev.segue.cli.Segue} lists them, and each class is one of them. Wiring only.
 */
@NullMarked
package dev.segue.cli;

import org.jspecify.annotations.NullMarked;

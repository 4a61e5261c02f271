/**
 * The command line: {@link dev.segue.cli.Main} is the program, with one class per command. The classes parse options, call
 * other packages and print results.
 */
@NullMarked
package dev.segue.cli;

import org.jspecify.annotations.NullMarked;

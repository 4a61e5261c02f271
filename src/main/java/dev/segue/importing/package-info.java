/**
 * Imports listening history from files of other services into a folder that Segue serves. Start with {@link
 * dev.segue.importing.Import}: files are recognised by their content ({@link dev.segue.importing.FormatRecognition}), read as
 * rows of named columns ({@link dev.segue.importing.RowSource}), collected in a table of plays ({@link
 * dev.segue.importing.PlayTable}), combined to sessions ({@link dev.segue.importing.SessionSplit}), and written by {@link
 * dev.segue.importing.ProjectFolder}.
 */
@NullMarked
package dev.segue.importing;

import org.jspecify.annotations.NullMarked;

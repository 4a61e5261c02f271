/**
 * The files that a person names, opened by what they are and not by what they are called: plain or compressed, JSON lines, a
 * JSON array of objects or Parquet. Start at {@link dev.segue.input.LineInput} for lines, at {@link
 * dev.segue.input.InputFile} for other content. A file that cannot be read is refused in one sentence with a remedy.
 */
@NullMarked
package dev.segue.input;

import org.jspecify.annotations.NullMarked;

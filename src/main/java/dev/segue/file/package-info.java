/**
 * Input and output files. Input is opened by its content, not by its name: plain or compressed, JSON lines, a JSON array of
 * objects, or Parquet. Output is written atomically. Start with {@link dev.segue.file.LineInput} for lines, {@link
 * dev.segue.file.InputFile} for other input, and {@link dev.segue.file.OutputFile} for output. {@link
 * dev.segue.file.RollingLines} is a log that callers do not wait for. A {@link dev.segue.file.FileException} names the file, the
 * line if there is one, and a remedy.
 */
@NullMarked
package dev.segue.file;

import org.jspecify.annotations.NullMarked;

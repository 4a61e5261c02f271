/**
 * The machine that Segue runs on. {@link dev.segue.platform.LibraryFolder} explains why a native library cannot be loaded from a
 * folder, {@link dev.segue.platform.FailureReason} describes failures of files in plain words, {@link
 * dev.segue.platform.Heap} is the base of derived limits, and {@link dev.segue.platform.OutOfMemory} ends a process that has
 * used up its heap.
 */
@NullMarked
package dev.segue.platform;

import org.jspecify.annotations.NullMarked;

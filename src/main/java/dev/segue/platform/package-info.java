/**
 * The machine that Segue runs on. {@link dev.segue.platform.Build} is the program's version, {@link
 * dev.segue.platform.LibraryFolder} explains why a native library cannot be loaded from a folder, {@link
 * dev.segue.platform.FailureReason} describes file errors for users, {@link dev.segue.platform.Heap} is the base of derived
 * limits, {@link dev.segue.platform.ProcessSignal} handles signals, and {@link dev.segue.platform.OutOfMemory} ends a process that has
 * exhausted its heap.
 */
@NullMarked
package dev.segue.platform;

import org.jspecify.annotations.NullMarked;

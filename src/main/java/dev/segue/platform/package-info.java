/**
 * Services of the machine that Segue runs on. {@link dev.segue.platform.Destination} writes to files, links, pipes and devices,
 * {@link dev.segue.platform.LibraryFolder} finds out why a native library cannot be loaded from a folder, and {@link
 * dev.segue.platform.FailureReason} tells in plain words why files fail. {@link dev.segue.platform.Heap} is what limits are derived from,
 * and {@link dev.segue.platform.OutOfMemory} ends the process when the heap is used up nevertheless.
 */
@NullMarked
package dev.segue.platform;

import org.jspecify.annotations.NullMarked;

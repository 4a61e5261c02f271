/**
 * The operating system's side of files: links, pipes and devices, the folders that native libraries are unpacked into, and the
 * reasons why either fails, in plain words. Start with {@link dev.segue.platform.Destination}.
 */
@NullMarked
package dev.segue.platform;

import org.jspecify.annotations.NullMarked;

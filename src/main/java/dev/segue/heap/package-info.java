/**
 * What the process does with its heap as a whole: {@link dev.segue.heap.OutOfMemory} ends the process when the heap is used
 * up, and {@link dev.segue.heap.Heap} derives limits from its size so that this does not happen.
 */
@NullMarked
package dev.segue.heap;

import org.jspecify.annotations.NullMarked;

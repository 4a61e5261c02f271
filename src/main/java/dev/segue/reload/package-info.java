/**
 * Replaces the generation in service, without HTTP: {@link dev.segue.reload.Reloader} loads the next one, checks it, warms it up, puts it in
 * service, and keeps the previous one. Requests, the signal, the watch on the files and learning use it; start there.
 */
@NullMarked
package dev.segue.reload;

import org.jspecify.annotations.NullMarked;

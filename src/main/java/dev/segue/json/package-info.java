/**
 * JSON lines, read straight from their bytes, for files that are too large to make objects of each word: start with {@link
 * dev.segue.json.JsonCursor}. JSON that is read once, such as a configuration, or comes from strangers, such as a request, is left to
 * Jackson.
 */
@NullMarked
package dev.segue.json;

import org.jspecify.annotations.NullMarked;

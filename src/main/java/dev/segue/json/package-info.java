/**
 * Reads JSON lines directly from their bytes, for files that are too large to create objects for each token. Start with
 * {@link dev.segue.json.JsonCursor}. Jackson reads other JSON, such as configurations and requests.
 */
@NullMarked
package dev.segue.json;

import org.jspecify.annotations.NullMarked;

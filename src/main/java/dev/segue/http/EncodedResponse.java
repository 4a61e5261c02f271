package dev.segue.http;

/**
 * A response, as it is sent.
 *
 * @param content JSON, or lines of JSON
 * @param type the media type
 * @param position the largest position of its events in the log; 0 if it has none
 */
@SuppressWarnings("ArrayRecordComponent") // made and read in one place
record EncodedResponse(byte[] content, String type, long position) {}

package dev.segue.config;

import static dev.segue.config.Setting.ACCESS_LOG_FILE;
import static dev.segue.config.Setting.ACCESS_LOG_FORMAT;
import static dev.segue.config.Setting.ACCESS_LOG_FULL_PATHS;
import static dev.segue.config.Setting.ACCESS_LOG_KEEP_DAYS;
import static dev.segue.config.Setting.ACCESS_LOG_KEEP_FILES;
import static dev.segue.config.Setting.ACCESS_LOG_MAX_BYTES;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The file with a line for each request. {@link Setting} describes each setting.
 *
 * @param file absent for none
 * @param keepDays absent for any age
 */
public record AccessLogSettings(
        Optional<Path> file, Format format, boolean fullPaths, int maxBytes, int keepFiles, OptionalInt keepDays) {

    /** The format of a line. */
    public enum Format {
        /** An object. */
        JSON,
        /** The Common Log Format. */
        NCSA
    }

    public AccessLogSettings {
        ACCESS_LOG_MAX_BYTES.check(maxBytes);
        ACCESS_LOG_KEEP_FILES.check(keepFiles);
        keepDays.ifPresent(ACCESS_LOG_KEEP_DAYS::check);
    }

    static AccessLogSettings read(LayeredSettings given) {
        return new AccessLogSettings(
                given.optionalPath(ACCESS_LOG_FILE),
                format(given.text(ACCESS_LOG_FORMAT)),
                given.bool(ACCESS_LOG_FULL_PATHS),
                given.integer(ACCESS_LOG_MAX_BYTES),
                given.integer(ACCESS_LOG_KEEP_FILES),
                given.optionalInteger(ACCESS_LOG_KEEP_DAYS));
    }

    private static Format format(String text) {
        return switch (text) {
            case "json" -> Format.JSON;
            case "ncsa" -> Format.NCSA;
            default ->
                throw new ConfigurationException(
                        ACCESS_LOG_FORMAT.key() + ": \"" + text + "\" is no format; write json or ncsa");
        };
    }
}

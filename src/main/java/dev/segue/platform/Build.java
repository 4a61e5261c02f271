package dev.segue.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The build of the running program. Maven writes it to a file of the jar; other compilers leave its variables as they are.
 *
 * @param version such as 0.1.0; {@code development} for classes that Maven has not built
 * @param revision the abbreviated id of the Git commit; {@code unknown} for sources outside a repository
 */
public record Build(String version, String revision) {

    private static final String FILE = "build.properties";
    private static final Build CURRENT = read();

    /** The build of this class. */
    public static Build current() {
        return CURRENT;
    }

    private static Build read() {
        var properties = new Properties();
        try (InputStream file = Objects.requireNonNull(Build.class.getResourceAsStream(FILE))) {
            properties.load(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return of(properties);
    }

    static Build of(Properties properties) {
        return new Build(
                known(properties.getProperty("version"), "development"),
                known(properties.getProperty("revision"), "unknown"));
    }

    private static String known(@Nullable String value, String otherwise) {
        return value == null || value.startsWith("${") ? otherwise : value;
    }

    @Override
    public String toString() {
        return version + " (revision " + revision + ")";
    }
}

package dev.segue.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Reads files of the jar. */
final class JarFile {

    private JarFile() {}

    /** A file's content; the name is relative to this package unless it begins with a slash. */
    static byte[] read(String name) {
        try (InputStream content = Objects.requireNonNull(JarFile.class.getResourceAsStream(name), name)) {
            return content.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + name + " from the jar", unreadable);
        }
    }
}

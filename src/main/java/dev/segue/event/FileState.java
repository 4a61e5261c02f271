package dev.segue.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The current file at a path, read by one system call.
 *
 * @param key identifies the file (its inode); the creation time on file systems without such a key
 * @param size in bytes
 * @param isRegular false for a folder, a link, a pipe or a device
 */
record FileState(Object key, long size, boolean isRegular) {

    /** Reads the state of a path without following a link; null if the path does not exist. */
    static @Nullable FileState of(Path path) throws IOException {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new FileState(key(attributes), attributes.size(), attributes.isRegularFile());
        } catch (NoSuchFileException absent) {
            return null;
        }
    }

    static Object key(BasicFileAttributes attributes) {
        return Objects.requireNonNullElse(attributes.fileKey(), attributes.creationTime());
    }
}
